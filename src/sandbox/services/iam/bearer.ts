import { type Call, Refusal } from "../../service.ts"
import { given } from "../given.ts"
import { checkPermissionsPolicy } from "./documents.ts"
import { attachable, managedPolicyName } from "./managed.ts"
import { pageOf } from "./pages.ts"
import { missing, overQuota } from "./records.ts"

/** Whom policies hang on: a user, a group, a role. */
export interface Bearer {
  /** Inline policies: documents by name. */
  readonly Inline: Readonly<Record<string, string>>
  /** ARNs of the managed policies. */
  readonly Attached: readonly string[]
}

export interface Whose {
  readonly kind: "user" | "group" | "role"
  readonly name: string
}

export const withInline = <B extends Bearer>(bearer: B, whose: Whose, name = "", document = ""): B => {
  checkPermissionsPolicy(document)
  const Inline = { ...bearer.Inline, [name]: document }
  // The quota is for all inline policies together, without their white space.
  const size = Object.values(Inline).join("").replace(/\s/g, "").length
  if (size > INLINE_SIZE[whose.kind]) {
    const message = `Maximum policy size of ${INLINE_SIZE[whose.kind]} bytes exceeded for ${whose.kind} ${whose.name}`
    throw new Refusal("LimitExceededException", message, 409)
  }
  return { ...bearer, Inline }
}

const INLINE_SIZE = { user: 2048, group: 5120, role: 10_240 }

export const inlineOf = ({ Inline }: Bearer, { kind }: Whose, name: string | undefined): readonly [string, string] => {
  const wanted = given(name, "policyName")
  const document = Object.hasOwn(Inline, wanted) ? Inline[wanted] : undefined
  return [wanted, document ?? missing(`The ${kind} policy with name ${wanted} cannot be found.`)]
}

export const withoutInline = <B extends Bearer>(bearer: B, whose: Whose, name: string | undefined): B => {
  const [gone] = inlineOf(bearer, whose, name)
  return { ...bearer, Inline: Object.fromEntries(Object.entries(bearer.Inline).filter(([known]) => known !== gone)) }
}

/** Attaching a second time is no error, and nothing changes. */
export const withAttached = <B extends Bearer>(call: Call, bearer: B, kind: Whose["kind"], PolicyArn?: string): B => {
  const arn = given(PolicyArn, "policyArn")
  attachable(call, arn)
  if (bearer.Attached.includes(arn)) return bearer
  const quota = `PoliciesPer${kind.charAt(0).toUpperCase()}${kind.slice(1)}`
  const limit = call.quota(quota, 10)
  if (bearer.Attached.length >= limit) overQuota(quota, limit)
  return { ...bearer, Attached: [...bearer.Attached, arn] }
}

export const withoutAttached = <B extends Bearer>(bearer: B, PolicyArn?: string): B => {
  const gone = given(PolicyArn, "policyArn")
  if (!bearer.Attached.includes(gone)) missing(`Policy ${gone} was not found.`)
  return { ...bearer, Attached: bearer.Attached.filter((arn) => arn !== gone) }
}

type Wish = Parameters<typeof pageOf>[2]

export const inlinePage = ({ Inline }: Bearer, wish: Wish) => {
  const { items, paging } = pageOf(Object.keys(Inline), (name) => name, wish)
  return { PolicyNames: items, ...paging }
}

export const attachedPage = ({ Attached }: Bearer, wish: Wish & { readonly PathPrefix?: string | undefined }) => {
  const all = Attached.map((arn) => ({ PolicyName: managedPolicyName(arn), PolicyArn: arn }))
  const under = all.filter(({ PolicyArn }) => pathOf(PolicyArn).startsWith(wish.PathPrefix ?? "/"))
  const { items, paging } = pageOf(under, (policy) => policy.PolicyName, wish)
  return { AttachedPolicies: items, ...paging }
}

const pathOf = (arn: string): string => arn.slice(arn.indexOf("/"), arn.lastIndexOf("/") + 1)
