import { DescribeKeyCommand, type KeyMetadata } from "@aws-sdk/client-kms"
import { AwsError } from "../../errors.ts"
import type { Cloud } from "../cloud.ts"

/**
 * KMS refuses to bring a key into the state that it is in. Where it is that after all, an earlier attempt did it, whose
 * answer was lost.
 */
export async function intoState<Answer>(
  ctx: Pick<Cloud, "kms">,
  KeyId: string,
  state: "Disabled" | "PendingDeletion",
  asked: Promise<Answer>,
): Promise<Answer | KeyMetadata> {
  try {
    return await asked
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== "KMSInvalidStateException") throw error
    const { KeyMetadata } = await ctx.kms.send(new DescribeKeyCommand({ KeyId }))
    if (KeyMetadata?.KeyState !== state) throw error
    return KeyMetadata
  }
}
