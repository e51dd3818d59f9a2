import { DescribeDocumentPermissionCommand, ModifyDocumentPermissionCommand } from "@aws-sdk/client-ssm"
import type { Cloud } from "../cloud.ts"

/** The accounts besides its own that may see and run a document; `all` is everybody's. */
export async function sharedWith(ctx: Cloud, Name: string): Promise<readonly string[]> {
  const accounts: string[] = []
  let NextToken: string | undefined
  do {
    const asked = new DescribeDocumentPermissionCommand({
      Name,
      ...kind,
      ...(NextToken !== undefined && { NextToken }),
    })
    const page = await ctx.ssm.send(asked)
    accounts.push(...(page.AccountIds ?? []))
    NextToken = page.NextToken
  } while (NextToken)
  return accounts.sort()
}

/** Takes it back from all of them. */
export async function unshare(ctx: Cloud, Name: string): Promise<void> {
  const accounts = await sharedWith(ctx, Name)
  for (let at = 0; at < accounts.length; at += atOnce) {
    const AccountIdsToRemove = accounts.slice(at, at + atOnce)
    await ctx.ssm.send(new ModifyDocumentPermissionCommand({ Name, ...kind, AccountIdsToRemove }))
  }
}

const kind = { PermissionType: "Share" } as const
const atOnce = 20
