import { Command } from "@commander-js/extra-typings"
import type { Account } from "../app/account.ts"
import type { App } from "../app.ts"
import type { TradingSeen } from "../aws/trading/store.ts"
import { type ExitCode, exitCodes } from "../errors.ts"
import type { NodeSaid } from "../nodes/live/said.ts"
import type { ModesResult, RecordedTrading } from "../report/results/trading.ts"
import type { Ending } from "./ends.ts"
import { findEnvironment } from "./environment.ts"
import { examples, flagsOf, type GlobalFlags } from "./flags.ts"
import { disagreementsOf } from "./mode-judged.ts"
import { commandLine } from "./next.ts"
import { tradingRow } from "./node-trading.ts"
import { open, withAccount } from "./opening.ts"
import { placeOf } from "./planning.ts"
import { type SystemFlags, systemOption, systemsOf } from "./system.ts"

export interface ModeFlags extends GlobalFlags, SystemFlags {}

export function modeCommand(app: Ending, run = mode) {
  return new Command("mode")
    .description("Show how each system trades: by the record, and by the containers that run. Exit 1 if they disagree.")
    .addOption(systemOption)
    .addHelpText("after", examples("smart0dte mode", "smart0dte mode --system smart-0dte --output json"))
    .action(async (own, command) => app.exit(await run(app, flagsOf(own, command))))
}

export async function mode(app: App, flags: ModeFlags): Promise<ExitCode> {
  const opened = await open(app, "mode", flags)
  return withAccount(app, opened, flags, async (account) => {
    const scope = await findEnvironment(account, opened.config)
    const systems = systemsOf(flags)
    const [recorded, told] = await app.interrupts.settling(
      (stop) => Promise.all([readRecord(account, scope), askAll(account, scope, systems, stop)]),
      "",
    )
    const disagreements = [...recorded.trouble, ...disagreementsOf(recorded.seen?.record, systems, told)]
    opened.report.show(resultOf(account, scope, systems, { seen: recorded.seen, told, disagreements }))
    return disagreements.length === 0 ? exitCodes.done : exitCodes.failed
  })
}

/** What one node says of one system, or why it says nothing. */
export type Told = { readonly node: string; readonly system: string } & (
  | { readonly said: NodeSaid }
  | { readonly why: string }
)

interface Recorded {
  readonly seen?: TradingSeen | undefined
  readonly trouble: readonly string[]
}

/** The nodes speak also where it cannot be read. */
async function readRecord(account: Account, scope: string): Promise<Recorded> {
  try {
    const seen = await account.trading(scope)
    return seen ? { seen, trouble: [] } : { trouble: ["nobody has written down yet how these systems trade"] }
  } catch (error) {
    return { trouble: [error instanceof Error ? error.message : String(error)] }
  }
}

async function askAll({ cloud }: Account, scope: string, systems: readonly string[], stop: AbortSignal) {
  const [{ inReality }, { nodesOf, upAmong }, { documentVersion, tellNode }] = await Promise.all([
    import("../aws/in-time.ts"),
    import("../nodes/live/nodes.ts"),
    import("../nodes/live/tell.ts"),
  ])
  const nodes = await nodesOf(cloud, [scope])
  const document = "compose"
  const atMost = inReality(cloud.clock, 60_000)
  const version = nodes.length > 0 ? await documentVersion(cloud, scope, document) : ""
  const ask = async (node: string, System: string): Promise<Told> => {
    const about = { node, system: System }
    const telling = { scope, instance: node, document, version, parameters: { Action: "mode", System } } as const
    try {
      return { ...about, said: await tellNode(cloud, telling, { stop, atMost }) }
    } catch (error) {
      return { ...about, why: error instanceof Error ? error.message : String(error) }
    }
  }
  return Promise.all(upAmong(nodes).flatMap((id) => systems.map((system) => ask(id, system))))
}

interface Known {
  readonly seen: TradingSeen | undefined
  readonly told: readonly Told[]
  readonly disagreements: readonly string[]
}

function resultOf(account: Account, scope: string, systems: readonly string[], known: Known): ModesResult {
  const { seen, told, disagreements } = known
  const { epoch, by = "", at = "", systems: recorded = {} } = seen?.record ?? {}
  return {
    type: "modes",
    ...placeOf(account, scope),
    epoch,
    by,
    at,
    recorded: systems.flatMap((system): readonly RecordedTrading[] => {
      const trading = recorded[system]
      return trading ? [{ system, ...trading }] : []
    }),
    rows: told.flatMap((one) => ("said" in one ? [tradingRow(one.said)] : [])),
    disagreements,
    next: [
      ...(disagreements.length === 0
        ? []
        : [`if it may be trading wrongly, halt first: ${commandLine(account, `halt --env ${scope}`)}`]),
      commandLine(account, `history --env ${scope}`),
    ],
  }
}
