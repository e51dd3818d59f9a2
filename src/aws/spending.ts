import type { AnyStep, Permission, Scope } from "../engine/types.ts"
import type { Cloud, Place } from "./cloud.ts"
import type { CloudKind } from "./step.ts"

/** Where AWS publishes what an account spends, wherever the rest of it is. */
const region = "us-east-1"

/** In the names of what watches the spending: no environment is called so. */
export const spendingScope: Scope = "spending"

export const spendingPlace = ({ account, partition }: Place): Place => ({ account, partition, region })

/** The same account as it is there. Its clients are still made when they are first used. */
const there = (ctx: Cloud): Cloud =>
  Object.create(ctx, {
    region: { value: region },
    cloudwatch: { get: () => ctx.spending },
    sns: { get: () => ctx.spendingTopics },
  })

/** A kind of thing as it is there, and as the account's own. */
export function spendingKindOf<Live extends object>(kind: CloudKind<Live>): CloudKind<Live> {
  const { list, complete, destroy } = kind
  return {
    ...kind,
    name: `spending-${kind.name}`,
    ...(list && {
      async list(ctx) {
        const found = await list(there(ctx), [spendingScope])
        return found.map((one) => ({ ...one, scope: accountScope }))
      },
    }),
    ...(complete && { complete: (ctx, found) => complete(there(ctx), found) }),
    ...(destroy && { destroy: (ctx, live, options) => destroy(there(ctx), live, options) }),
    allow: kind.allow.map(allowedThere),
  }
}

/** A step of the scope `spending`, done there. */
export function inSpending<S extends AnyStep<Cloud>>(step: S, kind: S["kind"]): S {
  const { create, update } = step
  return {
    ...step,
    kind,
    scope: accountScope,
    ...(create && { create: (ctx, lives, birth, foreseen) => create(there(ctx), lives, birth, foreseen) }),
    ...(update && { update: (ctx, live, changes, lives) => update(there(ctx), live, changes, lives) }),
  } as S
}

const accountScope: Scope = "account"

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: filled in where a policy is written
function allowedThere({ resource, ...rest }: Permission): Permission {
  if (resource === undefined) return rest
  return { ...rest, resource: resource.replaceAll("${region}", region).replaceAll("${scope}", spendingScope) }
}
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: see above
