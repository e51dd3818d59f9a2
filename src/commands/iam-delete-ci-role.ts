import { Command } from "@commander-js/extra-typings"
import type { App } from "../app.ts"
import type { CiRolesSeen } from "../aws/iam/drop-ci-roles.ts"
import { insist } from "../engine/poll.ts"
import { type ExitCode, exitCodes, StillInUse } from "../errors.ts"
import { agreeToLoss } from "./consent.ts"
import type { Ending } from "./ends.ts"
import { findEnvironment } from "./environment.ts"
import { examples, flagsOf, type GlobalFlags } from "./flags.ts"
import { lockOption, withIamLock } from "./iam-lock.ts"
import { open, withAccount } from "./opening.ts"

export interface DeleteCiRoleFlags extends GlobalFlags {
  readonly confirm?: string
  readonly lockTimeout?: string
}

export function deleteCiRoleCommand(app: Ending, run = deleteCiRole) {
  return new Command("delete-ci-role")
    .description("Take away what ci-role made for an environment: its roles, their policies, and an unused provider.")
    .option("--confirm <environment>", "the environment's name, where there is no terminal to type it at")
    .addOption(lockOption())
    .addHelpText(
      "after",
      examples("smart0dte iam delete-ci-role --env poc", "smart0dte iam delete-ci-role --env poc --confirm=poc"),
    )
    .action(async (own, command) => app.exit(await run(app, flagsOf(own, command))))
}

export async function deleteCiRole(app: App, flags: DeleteCiRoleFlags): Promise<ExitCode> {
  const opened = await open(app, "iam delete-ci-role", flags)
  return withAccount(app, opened, flags, async (account) => {
    const environment = await findEnvironment(account, opened.config)
    const { ciRolesOf, dropCiRoles } = await import("../aws/iam/drop-ci-roles.ts")
    const seen = await ciRolesOf(account.cloud, environment)
    if (isNothing(seen)) {
      show(`nothing for CI is there in ${environment}`, seen)
      return exitCodes.done
    }
    await agreeToLoss(app, opened, environment, {
      flag: "--confirm",
      given: flags.confirm,
      what: `taking away ${inWords(seen)}`,
    })
    const gone = await withIamLock(app, opened, account, `iam delete-ci-role of ${environment}`, async () => {
      // Whoever had the lock before may have made another role that trusts the provider.
      const now = await ciRolesOf(account.cloud, environment)
      const { clock } = account.cloud
      await app.interrupts.settling((stop) =>
        dropCiRoles(account.cloud, (attempt) => insist(clock, stop, 30_000, isUsed, attempt), now),
      )
      return now
    })
    show(`pipelines have no access to ${environment} any more`, gone)
    return exitCodes.done
  })

  function show(about: string, { policies, provider, roles, stays }: CiRolesSeen): void {
    const facts = {
      ...(roles.length > 0 && { roles: roles.join(", ") }),
      ...(policies.length > 0 && { policies: policies.join(", ") }),
      ...(provider !== undefined && { provider }),
      ...(stays.length > 0 && { stays: stays.join("; ") }),
    }
    opened.report.show({ type: "facts", about, facts, next: [] })
  }
}

const inWords = ({ policies, provider, roles }: CiRolesSeen): string =>
  [
    ...roles,
    ...(policies.length > 0 ? [`${policies.length} policies of theirs`] : []),
    ...(provider === undefined ? [] : ["the provider of GitHub's tokens"]),
  ].join(", ")

const isUsed = (error: unknown): boolean => error instanceof StillInUse

const isNothing = ({ policies, provider, roles }: CiRolesSeen): boolean =>
  roles.length + policies.length === 0 && provider === undefined
