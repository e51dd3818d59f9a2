import { Argument, Command } from "@commander-js/extra-typings"
import type { App } from "../app.ts"
import { type ExitCode, exitCodes } from "../errors.ts"
import { type PolicyName, policyNames, scopeOf } from "../policies/names.ts"
import type { Ending } from "./ends.ts"
import { findMeant } from "./environment.ts"
import { examples, flagsOf, type GlobalFlags } from "./flags.ts"
import { lockOption, withIamLock } from "./iam-lock.ts"
import { open, withAccount } from "./opening.ts"
import { placeOf } from "./planning.ts"

export interface PolicyFlags extends GlobalFlags {
  readonly policy: PolicyName
  readonly attach?: string
  readonly lockTimeout?: string
}

export function policyCommand(app: Ending, run = policy) {
  return new Command("policy")
    .description("Print a policy for IAM as JSON, which changes nothing; or give it to a user or a role.")
    .addArgument(new Argument("<policy>", "for whom").choices(policyNames))
    .option(
      "--attach <who>",
      "a user or a role: make it policies of the account, as they are to be now, and attach them",
    )
    .addOption(lockOption())
    .addHelpText(
      "after",
      examples("smart0dte iam policy bootstrap", "smart0dte iam policy trader --env poc --attach alice"),
    )
    .action(async (name, own, command) => app.exit(await run(app, { ...flagsOf(own, command), policy: name })))
}

export async function policy(app: App, flags: PolicyFlags): Promise<ExitCode> {
  const opened = await open(app, "iam policy", flags)
  return withAccount(app, opened, flags, async (account) => {
    const scope = scopeOf(flags.policy) ?? (await findMeant(account, opened.config))
    if (flags.attach !== undefined) {
      const { attachPolicy, bearerOf } = await import("./iam-attach.ts")
      const to = await bearerOf(account, flags.attach)
      const title = `iam policy ${flags.policy} for ${to.name}`
      const attach = () => attachPolicy(account, scope, flags.policy, to)
      const arns = await withIamLock(app, opened, account, title, attach)
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
