import { GetAccountSummaryCommand } from "@aws-sdk/client-iam"
import type { Cloud } from "../cloud.ts"

/** What is wrong with the account's root user, and what to do: no call of AWS's mends it. */
export interface RootFinding {
  readonly name: "root-mfa" | "root-keys"
  readonly what: string
  /** For the console, in this order, as the root user. */
  readonly steps: readonly string[]
}

type Summary = Readonly<Record<string, number | undefined>>

export async function accountSummary({ iam }: Pick<Cloud, "iam">): Promise<Summary> {
  const { SummaryMap = {} } = await iam.send(new GetAccountSummaryCommand({}))
  return SummaryMap
}

/** What the summary does not tell is taken for wrong: nobody has seen that it is well. */
export const rootFindings = (summary: Summary): readonly RootFinding[] => [
  ...(summary.AccountMFAEnabled === 1 ? [] : [withoutMfa]),
  ...(summary.AccountAccessKeysPresent === 0 ? [] : [withKeys]),
]

const signIn = "sign in at https://console.aws.amazon.com/ as the root user, with the account's e-mail address"
const open = "open the account's name (top right), then Security credentials"

const withoutMfa: RootFinding = {
  name: "root-mfa",
  what: "the root user has no second factor: whoever knows its password has the account",
  steps: [
    signIn,
    open,
    "under Multi-factor authentication (MFA) choose Assign MFA device: a passkey or security key, and a second one to keep elsewhere",
    "sign out, sign in again, and see that it is asked for",
  ],
}

const withKeys: RootFinding = {
  name: "root-keys",
  what: "the root user has access keys: they can do everything, and no policy can stop them",
  steps: [
    signIn,
    open,
    "under Access keys see when each was last used, and give what uses it keys or a role of its own",
    "deactivate each key; when nothing has failed for some days, delete it",
  ],
}
