import { ListResourceTagsCommand, paginateListAliases, paginateListKeys } from "@aws-sdk/client-kms"
import type { Scope } from "../../engine/types.ts"
import { NoAccess, NotFound } from "../../errors.ts"
import type { Cloud } from "../cloud.ts"
import { flatName, identityIn } from "../names.ts"
import { everyItem } from "../pages.ts"
import { identityOf, type Tag, tagKeys } from "../tags.ts"

/** Whether we have made that key. What others keep may be hidden from us, or gone. */
export async function isOurKey(ctx: Cloud, keyId: string): Promise<boolean> {
  return (await tagsOf(ctx, keyId)).some(({ Key }) => Key === tagKeys.scope)
}

/** What a key is known by: nothing else of it has a name. */
export const aliasFor = (scope: Scope, name: string): string => `alias/${flatName(scope, name)}`

export interface OurKey {
  readonly scope: Scope
  readonly name: string
  readonly keyId: string
  /** None, where whoever made it did not come to give it one. */
  readonly alias: string
}

/**
 * Keys by the alias that they were given; of those that have none, whatever it be, their tags are asked for. Keys of
 * others have one, all but a few.
 */
export async function ourKeys(ctx: Cloud, scopes: readonly Scope[]): Promise<readonly OurKey[]> {
  const [aliases, keys] = await Promise.all([
    everyItem(paginateListAliases({ client: ctx.kms }, {}), (page) => page.Aliases),
    everyItem(paginateListKeys({ client: ctx.kms }, {}), (page) => page.Keys),
  ])
  const named = aliases.flatMap(({ AliasName: alias = "", TargetKeyId: keyId = "" }) => {
    const identity = identityIn(scopes, alias.replace("alias/", ""))
    return identity && keyId ? [{ ...identity, keyId, alias }] : []
  })
  const known = new Set(aliases.map(({ TargetKeyId }) => TargetKeyId))
  const bare = keys.flatMap(({ KeyId = "" }) => (known.has(KeyId) ? [] : [KeyId]))
  const tagged = await Promise.all(
    bare.map(async (keyId) => ({ keyId, identity: identityOf(await tagsOf(ctx, keyId)) })),
  )
  const nameless = tagged.flatMap(({ keyId, identity }) =>
    identity?.kind === "kms-key" && scopes.includes(identity.scope)
      ? [{ scope: identity.scope, name: identity.name, keyId, alias: "" }]
      : [],
  )
  return [...named, ...nameless]
}

async function tagsOf(ctx: Cloud, KeyId: string): Promise<readonly Tag[]> {
  try {
    const { Tags = [] } = await ctx.kms.send(new ListResourceTagsCommand({ KeyId }))
    return Tags.map(({ TagKey = "", TagValue = "" }) => ({ Key: TagKey, Value: TagValue }))
  } catch (error) {
    if (error instanceof NotFound || error instanceof NoAccess) return []
    throw error
  }
}
