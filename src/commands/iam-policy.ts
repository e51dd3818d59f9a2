import { Argument, Command } from "@commander-js/extra-typings"
import type { App } from "../app.ts"
import { type ExitCode, exitCodes } from "../errors.ts"
import type { PolicyName } from "../nodes/policies.ts"
import type { Ending } from "./ends.ts"
import { findEnvironment } from "./environment.ts"
import { examples, flagsOf, type GlobalFlags } from "./flags.ts"
import { open, withAccount } from "./opening.ts"
import { placeOf } from "./planning.ts"

export interface PolicyFlags extends GlobalFlags {
  readonly policy: PolicyName
}

// Their own list would bring all of them to every start.
const names = ["trader", "operator", "ci-live"] as const satisfies readonly PolicyName[]

export function policyCommand(app: Ending, run = policy) {
  return new Command("policy")
    .description("Print a policy for IAM as JSON: who has it may do this in the environment. It changes nothing.")
    .addArgument(new Argument("<policy>", "for whom").choices(names))
    .addHelpText(
      "after",
      examples("smart0dte iam policy trader --env poc", "smart0dte iam policy ci-live --env poc > policy.json"),
    )
    .action(async (name, own, command) => app.exit(await run(app, { ...flagsOf(own, command), policy: name })))
}

export async function policy(app: App, flags: PolicyFlags): Promise<ExitCode> {
  const opened = await open(app, "iam policy", flags)
  return withAccount(app, opened, flags, async (account) => {
    const scope = await findEnvironment(account, opened.config)
    const { policyFor } = await import("../nodes/policies.ts")
    const value = JSON.stringify(policyFor(flags.policy, account.cloud, scope), undefined, 2)
    opened.report.show({ type: "output", ...placeOf(account, scope), name: flags.policy, value })
    return exitCodes.done
  })
}
