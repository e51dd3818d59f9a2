import type { App } from "../app.ts"
import { Usage } from "../errors.ts"
import type { PlanResult } from "../report/results.ts"
import type { GlobalFlags, WishFlags } from "./flags.ts"
import type { Opened } from "./opening.ts"

/** An address of those that are set aside for documentation: nobody has it. */
const sandboxAddress = "203.0.113.10/32"

/** The one thing without a default, where neither the configuration nor the account knows it: who may come in. */
export const lacksAllowed = (plan: PlanResult, { config }: Opened): boolean =>
  config.settings.allowedCidrs === undefined &&
  plan.rows.some(({ step, action }) => step.key === "choice/allowed-cidrs" && action === "create")

/** Asks for it, and answers with the configuration that says so. */
export async function askAllowed(app: App, flags: GlobalFlags & WishFlags, opened: Opened): Promise<Opened> {
  const allowedCidrs = opened.config.options.sandbox ? sandboxAddress : await answer(app)
  return { ...opened, config: await app.config({ ...flags, allowedCidrs }) }
}

function answer({ terminal, ask }: App): Promise<string> {
  if (terminal.interactive)
    return ask.text("who may reach the load balancer? an address or range, such as 203.0.113.10")
  throw new Usage("nobody has said who may reach the load balancer", {
    hint: "give --allowed-cidrs, SMART0DTE_ALLOWED_CIDRS or allowedCidrs in smart0dte.yaml, such as 203.0.113.10/32",
  })
}
