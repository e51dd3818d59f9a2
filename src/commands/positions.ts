import type { Account } from "../app/account.ts"
import type { App } from "../app.ts"
import type { TradingRecord } from "../aws/trading/record.ts"
import { Refused, Usage, UserError } from "../errors.ts"
import { haltAll } from "../nodes/live/halting.ts"
import { saidOf } from "../nodes/live/said.ts"
import { documentVersion } from "../nodes/live/tell.ts"
import type { HaltWorld } from "../nodes/live/world.ts"
import type { System } from "../nodes/systems.ts"
import { commandLine } from "./next.ts"
import { lastWords, tellNode } from "./on-node.ts"
import type { Opened } from "./opening.ts"
import { placeOf } from "./planning.ts"

interface Stated {
  readonly scope: string
  readonly positionsChecked: boolean
}

/** Before anything is stopped: what could not be asked afterwards must have been said. */
export function refuseUnstated({ terminal }: App, { positionsChecked }: Stated): void {
  if (positionsChecked || terminal.interactive) return
  throw new Usage("a system is live, and nobody can be asked here what becomes of its positions", {
    hint: "look at the broker, then say so with --positions-checked",
  })
}

export interface HaltingFirst {
  readonly account: Account
  readonly opened: Opened
  readonly wish: Stated
  readonly world: HaltWorld
  readonly live: readonly System[]
  readonly record: TradingRecord
  readonly by: string
  readonly run: string
  readonly stop: AbortSignal
}

/** Nothing trades on while somebody looks at the positions; nobody is asked where the system itself says there are none. */
export async function haltFirst(app: App, at: HaltingFirst): Promise<void> {
  const { world, live, by, run, wish, account, opened } = at
  const before = await askAll(at)
  const end = await haltAll(world, { systems: live, now: false, by, run })
  if (!end.halted) {
    const failed = end.answers.flatMap(({ node, system, why }) =>
      why === undefined ? [] : [`${node}: ${system}: ${why}`],
    )
    throw new UserError([...failed, ...(end.record === undefined ? [] : [end.record])].join("\n"), {
      hint: `nothing else was changed; halt it first: ${commandLine(account, `halt --now --env ${wish.scope}`)}`,
    })
  }
  const after = await askAll(at)
  if (after.every((told) => told?.length === 0)) return
  for (const [index, system] of live.entries()) show(at, system, before[index], after[index])
  opened.report.note("halting cancels no order and closes no position: look at the broker, or telephone")
  if (wish.positionsChecked) return
  const mark = opened.config.options.sandbox ? "[sandbox] " : ""
  const typed = await app.ask.text(
    `${mark}type checked once somebody attends to every position and order of ${live.join(" and ")}`,
  )
  if (typed === "checked") return
  throw new Refused(`${live.join(" and ")} stays halted, and live by the record`, {
    hint: `when the positions are looked after, run it again; or go on live with: ${commandLine(account, "resume")}`,
  })
}

/** What each system itself says is open; nothing of one that has no command for it, or does not answer. */
async function askAll(at: HaltingFirst): Promise<readonly (readonly string[] | undefined)[]> {
  const version = await documentVersion(at.account.cloud, at.wish.scope, "compose")
  return Promise.all(
    at.live.map(async (system) => {
      const told = await Promise.all(
        (["positions", "orders"] as const).map((action) => ask(at, system, action, version)),
      )
      return told.some((lines) => lines === undefined) ? undefined : told.flatMap((lines) => lines ?? [])
    }),
  )
}

async function ask(
  { account, wish: { scope }, record, stop }: HaltingFirst,
  system: System,
  action: "positions" | "orders",
  version: string,
): Promise<readonly string[] | undefined> {
  const instance = record.systems[system]?.trader ?? ""
  try {
    const end = await tellNode(account, { scope, instance, version }, { action, system }, stop)
    if (!end.succeeded) throw new UserError(lastWords(end))
    const lines = end.output.trimEnd().split("\n")
    return (saidOf(end.output) ? lines.slice(0, -1) : lines).filter((line) => line.trim() !== "")
  } catch (error) {
    if (error instanceof UserError && !stop.aborted) return undefined
    throw error
  }
}

function show(
  { account, opened, wish, record }: HaltingFirst,
  system: System,
  before: readonly string[] | undefined,
  after: readonly string[] | undefined,
): void {
  const lines = after ?? before
  const node = record.systems[system]?.trader ?? ""
  if (lines && lines.length > 0)
    opened.report.show({ type: "printed", ...placeOf(account, wish.scope), node, system, lines })
  if (!lines) opened.report.note(`${system} cannot say what positions and orders it has`)
  else if (!after)
    opened.report.note(
      `${lines.length === 0 ? `${system} said before the halt that nothing is open` : "that was before the halt"}: as it is stopped, it cannot be asked what came of the orders that were on their way`,
    )
}
