import { ListResourceTagsCommand } from "@aws-sdk/client-kms"
import { NoAccess, NotFound } from "../../errors.ts"
import type { Cloud } from "../cloud.ts"
import { tagKeys } from "../tags.ts"

/** Whether we have made that key. What others keep may be hidden from us, or gone. */
export async function isOurKey(ctx: Cloud, KeyId: string): Promise<boolean> {
  try {
    const { Tags = [] } = await ctx.kms.send(new ListResourceTagsCommand({ KeyId }))
    return Tags.some(({ TagKey }) => TagKey === tagKeys.scope)
  } catch (error) {
    if (error instanceof NotFound || error instanceof NoAccess) return false
    throw error
  }
}
