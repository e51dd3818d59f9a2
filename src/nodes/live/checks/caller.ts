import type { LiveFacts } from "../facts.ts"
import { type Finding, failed, passed } from "./check.ts"

/** Who asks, and in which account: not by chance in another one, and as somebody whom a policy can hold back. */
export function caller({ caller: { arn, account, wanted, sandbox } }: LiveFacts): Finding {
  if (sandbox) return passed(`${arn}, in the sandbox`)
  if (wanted === undefined)
    return failed(
      `nothing says that ${account} is the account that is meant`,
      `write account: "${account}" into smart0dte.yaml, or give --account ${account}`,
    )
  if (wanted !== account)
    return failed(`these credentials are of account ${account}, not of ${wanted}`, "use those of that account")
  if (/:root$/.test(arn))
    return failed(`${arn} is the root user, whom no policy binds`, "take the role that may go live, which wants MFA")
  return passed(`${arn} in account ${account}`)
}
