import type { App } from "../app.ts"
import { type ExitCode, exitCodes } from "../errors.ts"
import type { System } from "../nodes/systems.ts"
import { type ComposeFlags, composeFilesOf, deployedProject } from "./compose-files.ts"
import { findEnvironment } from "./environment.ts"
import type { GlobalFlags } from "./flags.ts"
import { type Opened, open, withAccount } from "./opening.ts"
import { type SystemFlags, systemsOf } from "./system.ts"

export interface AppsFlags extends GlobalFlags, SystemFlags, ComposeFlags {}

/** Examines the two Compose projects as a node would run them. */
export async function doctorApps(app: App, flags: AppsFlags): Promise<ExitCode> {
  const opened = await open(app, "doctor", flags)
  const given = await composeFilesOf(flags)
  // Files that are named say which systems are meant.
  const meant = flags.system === undefined && given.size > 0 ? [...given.keys()] : systemsOf(flags)
  const missing = meant.filter((system) => !given.has(system))
  const found = missing.length > 0 ? await deployed(app, opened, flags, missing) : new Map<System, string>()
  const [{ examine }, { planOf }] = await Promise.all([import("../nodes/examine.ts"), import("../nodes/plan.ts")])
  const { settings } = opened.config
  // An override depends on nothing of the account but the region, where logs go.
  const place = { account: "", partition: "aws", region: settings.region }
  const scope = settings.env ?? "poc"
  const wishes = meant.map((system) => ({
    ...planOf(scope, place, system, settings.systems[system] ?? {}, settings.gateway).settings,
    compose: given.get(system) ?? found.get(system) ?? "",
    // The override is called after a commit; which one changes nothing of it.
    commit: "0".repeat(40),
  }))
  const findings = examine(wishes)
  const published = wishes.map(({ system, ports }) => ({
    system,
    ports: Object.fromEntries(Object.entries(ports).map(([service, { host }]) => [service, host])),
  }))
  opened.report.show({ type: "apps", systems: published, findings })
  return findings.every(({ handled }) => handled) ? exitCodes.done : exitCodes.failed
}

/** The projects' files as the node fetched them. */
async function deployed(
  app: App,
  opened: Opened,
  flags: AppsFlags,
  systems: readonly System[],
): Promise<ReadonlyMap<System, string>> {
  return withAccount(app, opened, flags, async (account) => {
    const scope = await findEnvironment(account, opened.config)
    const texts = await Promise.all(
      systems.map(async (system) => [system, await deployedProject(account, scope, system)] as const),
    )
    return new Map(texts)
  })
}
