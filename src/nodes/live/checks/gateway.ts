import type { LiveFacts } from "../facts.ts"
import { type Finding, failed, later } from "./check.ts"

/** That there can be a gateway, of the account that is meant. That it is logged in shows only when it runs. */
export function gateway({ gateway: { image, account, configured } }: LiveFacts): Finding {
  if (!/@sha256:[0-9a-f]{64}$/.test(image))
    return failed(
      "no image of the gateway was deployed by its digest",
      "set gateway.image in smart0dte.yaml, and deploy",
    )
  if (account === "") return failed("no live account was deployed", "set live.account in smart0dte.yaml, and deploy")
  if (!/^[A-CE-Z][A-Z]{0,2}\d{4,12}$/.test(account))
    return failed(`${account} is no account for live trading`, "set live.account in smart0dte.yaml, and deploy")
  if (configured !== undefined && configured !== account)
    return failed(`nodes are told the account ${account}, and the configuration says ${configured}`, "deploy first")
  return later(`logged in to ${account}: seen once it runs, without taking orders, before anything is live`)
}
