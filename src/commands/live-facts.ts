import type { Account } from "../app/account.ts"
import { type Objects, stateObjects } from "../aws/state/objects.ts"
import { openLedger } from "../aws/trading/ledger.ts"
import { readMarker } from "../aws/trading/marker.ts"
import type { TradingRecord } from "../aws/trading/record.ts"
import type { Settings } from "../config.ts"
import { UserError } from "../errors.ts"
import type { LiveFacts, NodeFacts, SystemFacts } from "../nodes/live/facts.ts"
import { nodesOf, onlineOf } from "../nodes/live/nodes.ts"
import type { NodeSaid } from "../nodes/live/said.ts"
import { documentVersion, tellNode } from "../nodes/live/tell.ts"
import { gatewayFacts, keysFacts, toldTo } from "../nodes/live/told.ts"
import { type System, systemFacts } from "../nodes/systems.ts"
import { backupFacts, frontFacts, subscriptionFacts } from "./live-surroundings.ts"
import { commandLine } from "./next.ts"

export interface LookingAt {
  readonly account: Account
  readonly settings: Settings
  readonly scope: string
  readonly systems: readonly System[]
  readonly doing: LiveFacts["doing"]
  readonly dryRun: boolean
  /** Of this run, for the ledger. */
  readonly run: string
  readonly stop: AbortSignal
}

/** All that checks look at but what somebody says at the command line. Reads, and writes one line into the ledger. */
export type Surroundings = Omit<LiveFacts, "confirmation" | "approval">

export async function surroundings(at: LookingAt): Promise<Surroundings> {
  const { account, settings, scope, systems, doing, dryRun } = at
  const { cloud } = account
  const objects = stateObjects(cloud, cloud.s3)
  const { record } = (await account.trading(scope)) ?? { record: noRecord(account, scope) }
  const [nodes, keys, gateway, front, subscriptions, backup, ledger, { at: real }] = await Promise.all([
    nodesAt(at),
    keysFacts(cloud, scope),
    gatewayFacts(cloud, scope, settings.live.account),
    frontFacts(cloud, scope),
    subscriptionFacts(cloud, scope),
    backupFacts(cloud, scope),
    ledgerTrouble(objects, at, record),
    objects.get(`records/${scope}.json`),
  ])
  const about = await Promise.all(systems.map((system) => factsOf(at, system, nodes, keys.unset)))
  const { arn, sandbox } = account
  // AWS's time decides, and not that of this machine. A sandbox dates its answers by the real clock, and all else by its own.
  const now = sandbox ? cloud.clock.now() : real
  const caller = { arn, account: cloud.account, wanted: settings.account, sandbox }
  const { credentials } = keys
  const around = { gateway, credentials, subscriptions, ledger, front, backup }
  return { doing, dryRun, scope, now, caller, record, nodes, systems: about, ...around }
}

function noRecord(account: Account, scope: string): never {
  throw new UserError(`nobody has written down yet how the systems of ${scope} trade`, {
    hint: `deploy does: ${commandLine(account, "deploy single")}`,
  })
}

/** What each node says of each system. One that is silent is told by its name, and keeps no other from speaking. */
async function nodesAt({ account: { cloud }, scope, systems, stop }: LookingAt): Promise<readonly NodeFacts[]> {
  const standing = await nodesOf(cloud, [scope])
  const ids = standing.map(({ id }) => id)
  const [online, version] = await Promise.all([onlineOf(cloud, ids), documentVersion(cloud, scope, "compose")])
  return Promise.all(
    ids.map(async (id) => {
      if (!online.has(id)) return { id, online: false, said: {} }
      const answers = await Promise.all(systems.map((System) => ask(id, System)))
      const said = Object.fromEntries(systems.map((system, n) => [system, answers[n]?.said]))
      return { id, online: true, said, why: answers.find(({ why }) => why !== undefined)?.why }
    }),
  )

  async function ask(instance: string, System: System): Promise<{ readonly said?: NodeSaid; readonly why?: string }> {
    const telling = { scope, instance, document: "compose", version, parameters: { Action: "mode", System } } as const
    const atMost = 300_000 + (cloud.clock.patience ?? 0)
    try {
      const said = await tellNode(cloud, { ...telling, harmless: true }, { stop, atMost })
      if (said.epoch !== "") return { said }
      // What it could not read just now it is given one more chance to read.
      await cloud.clock.sleep(3_000, stop)
      return { said: await tellNode(cloud, { ...telling, harmless: true }, { stop, atMost }) }
    } catch (error) {
      if (stop.aborted || !(error instanceof Error)) throw error
      return { why: error.message }
    }
  }
}

/** Nothing goes live of which nothing can be written down: whether it can shows when it is tried. */
async function ledgerTrouble(objects: Objects, at: LookingAt, { epoch }: TradingRecord): Promise<string | undefined> {
  const { account, scope, run, systems, doing, dryRun } = at
  const ledger = openLedger(objects, { scope, run, by: account.arn, now: () => account.cloud.clock.now() })
  const what = `is looked at before ${doing === "live" ? "going live" : "it is resumed"}${dryRun ? ", only to know" : ""}`
  try {
    await ledger.write({ event: `${doing}-check`, systems, epoch, what })
    return undefined
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return error.message
  }
}

async function factsOf(
  { account: { cloud }, settings, scope }: LookingAt,
  system: System,
  nodes: readonly NodeFacts[],
  unset: ReadonlySet<string>,
): Promise<SystemFacts> {
  const { limits, keys } = await toldTo(cloud, scope, system)
  const given = settings.systems[system]
  const [{ at, digest }, marker] = await Promise.all([
    runningSince(cloud, scope, system),
    readMarker(stateObjects(cloud, cloud.s3), scope, system),
  ])
  const same = digest !== "" && digest === nodes[0]?.said[system]?.digest
  return {
    system,
    options: given?.options ?? systemFacts[system].options,
    limits,
    marker: marker === undefined ? "none" : marker.halted ? "halt" : "clear",
    configured: given?.limits && defined(given.limits),
    unset: keys.filter((name) => unset.has(`${system}/keys ${name}`)),
    runsSince: same && !Number.isNaN(Date.parse(at)) ? Date.parse(at) : undefined,
  }
}

/** When the node last said that it had started what runs. */
async function runningSince(cloud: Account["cloud"], scope: string, system: System) {
  const { systemKind } = await import("../nodes/system.ts")
  const found = (await systemKind.list?.(cloud, [scope]))?.find(({ name }) => name === system)
  const live = found?.live ?? { at: "", digest: "" }
  return { at: live.at, digest: "digest" in live ? String(live.digest) : "" }
}

const defined = <T extends object>(given: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  // Those that say nothing are left out.
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>
  }
