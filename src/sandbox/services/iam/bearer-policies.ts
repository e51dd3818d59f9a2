import type { Call } from "../../service.ts"
import { given } from "../given.ts"
import {
  attachedPage,
  type Bearer,
  inlineOf,
  inlinePage,
  type Whose,
  withAttached,
  withInline,
  withoutAttached,
  withoutInline,
} from "./bearer.ts"
import { encodeDocument } from "./documents.ts"

/** How bearers of one sort are found by name, and kept. */
interface Bearers<B extends Bearer> {
  readonly kind: Whose["kind"]
  find(call: Call, name: string | undefined): B
  keep(call: Call, bearer: B): void
}

type Name = string | undefined
interface Wish {
  readonly PolicyName?: string | undefined
  readonly PolicyDocument?: string | undefined
  readonly PolicyArn?: string | undefined
}

/** What IAM does alike with the policies of users, groups and roles; only the names of its operations differ. */
export const policiesOf = <B extends Bearer>({ kind, find, keep }: Bearers<B>) => {
  const kept = (call: Call, bearer: B) => {
    keep(call, bearer)
    return {}
  }
  const whose = (name = ""): Whose => ({ kind, name })
  return {
    put: (call: Call, name: Name, { PolicyName, PolicyDocument }: Wish) => {
      const bearer = find(call, name)
      const document = given(PolicyDocument, "policyDocument")
      return kept(call, withInline(bearer, whose(name), given(PolicyName, "policyName"), document))
    },
    get: (call: Call, name: Name, wish: Wish) => {
      const [PolicyName, document] = inlineOf(find(call, name), whose(name), wish.PolicyName)
      return { PolicyName, PolicyDocument: encodeDocument(document) }
    },
    list: (call: Call, name: Name, wish: Parameters<typeof inlinePage>[1]) => inlinePage(find(call, name), wish),
    drop: (call: Call, name: Name, { PolicyName }: Wish) =>
      kept(call, withoutInline(find(call, name), whose(name), PolicyName)),
    attach: (call: Call, name: Name, { PolicyArn }: Wish) =>
      kept(call, withAttached(call, find(call, name), kind, PolicyArn)),
    detach: (call: Call, name: Name, { PolicyArn }: Wish) => kept(call, withoutAttached(find(call, name), PolicyArn)),
    attached: (call: Call, name: Name, wish: Parameters<typeof attachedPage>[1]) =>
      attachedPage(find(call, name), wish),
  }
}
