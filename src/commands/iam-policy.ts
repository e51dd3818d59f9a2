import { Argument, Command } from "@commander-js/extra-typings"
import type { App } from "../app.ts"
import { type ExitCode, exitCodes } from "../errors.ts"
import { type PolicyName, policyNames } from "../policies/names.ts"
import type { Ending } from "./ends.ts"
import { findEnvironment } from "./environment.ts"
import { examples, flagsOf, type GlobalFlags } from "./flags.ts"
import { open, withAccount } from "./opening.ts"
import { placeOf } from "./planning.ts"

export interface PolicyFlags extends GlobalFlags {
  readonly policy: PolicyName
  readonly attach?: string
}

export function policyCommand(app: Ending, run = policy) {
  return new Command("policy")
    .description("Print a policy for IAM as JSON, which changes nothing; or give it to a user or a role.")
    .addArgument(new Argument("<policy>", "for whom").choices(policyNames))
    .option(
      "--attach <who>",
      "a user or a role: make it policies of the account, as they are to be now, and attach them",
    )
    .addHelpText(
      "after",
      examples(
        "smart0dte iam policy trader --env poc --attach alice",
        "smart0dte iam policy ci-live --env poc > policy.json",
      ),
    )
    .action(async (name, own, command) => app.exit(await run(app, { ...flagsOf(own, command), policy: name })))
}

export async function policy(app: App, flags: PolicyFlags): Promise<ExitCode> {
  const opened = await open(app, "iam policy", flags)
  return withAccount(app, opened, flags, async (account) => {
    const scope = await findEnvironment(account, opened.config)
    if (flags.attach !== undefined) {
      const { attachPolicy, bearerOf } = await import("./iam-attach.ts")
      const to = await bearerOf(account, flags.attach)
      const arns = await attachPolicy(account, scope, flags.policy, to)
      opened.report.show({
        type: "facts",
        about: `${to.type} ${to.name} has the policy ${flags.policy}`,
        facts: { [to.type]: to.name, policies: arns.join(", ") },
        next: [],
      })
      return exitCodes.done
    }
    const { policyFor } = await import("../policies/policies.ts")
    const value = JSON.stringify(policyFor(flags.policy, account.cloud, scope), undefined, 2)
    opened.report.show({ type: "output", ...placeOf(account, scope), name: flags.policy, value })
    return exitCodes.done
  })
}
