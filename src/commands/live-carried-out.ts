import { type ExitCode, exitCodes } from "../errors.ts"
import { awsWorld } from "../nodes/live/aws-world.ts"
import { goLive } from "../nodes/live/protocol.ts"
import type { NodeSaid } from "../nodes/live/said.ts"
import type { LiveEnd } from "../nodes/live/wish.ts"
import type { NodeOrder, Stage, TradingWorld } from "../nodes/live/world.ts"
import type { SwitchedResult, TradingRow } from "../report/results/live.ts"
import type { At, Looked } from "./going-live.ts"
import { commandLine } from "./next.ts"
import { placeOf } from "./planning.ts"

export interface Carrying extends At, Looked {
  /** Before the commit it undoes what was done. */
  readonly stop: AbortSignal
}

/** All that was confirmed, on the nodes; shows what each of them says. */
export async function carryOut(at: Carrying): Promise<ExitCode> {
  const { account, objects, wish, run, facts, bound, stop, opened } = at
  const { report } = opened
  const { cloud, arn: by } = account
  const { scope, command, systems } = wish
  const nodes = facts.nodes.map(({ id }) => id)
  const reached = (stage: Stage) => report.note(stages[stage])
  // What was begun is undone whatever was pressed, so its answers are waited for.
  const world = awsWorld({ cloud, objects, scope, nodes, by, run, stop: new AbortController().signal, reached })
  const epoch = facts.record.epoch
  const { confirmed } = bound
  const details = detailsOf(at)
  const told = { ...world, ...shownTelling(at, world) }
  const end = await goLive(told, { command, confirmed, epoch, by, run, signal: stop, details })
  report.show({ type: "switched", ...placeOf(account, scope), to: "live", systems, ...wordsOf(at, end) })
  if (end.end === "live") return exitCodes.done
  return end.stopped && end.safe ? exitCodes.interrupted : exitCodes.failed
}

const stages: Readonly<Record<Stage, string>> = {
  arm: "lets the nodes read the live account's credentials",
  prepare: "prepares every node: the live gateway logs in and takes no orders. Have the second factor at hand",
  verify: "looks at every node",
  commit: "all nodes are as confirmed: writes the trading record",
  activate: "lets the trader trade",
  prove: "reads every node back",
  undo: "takes back what was done",
}

/** What each node says, as it says it. */
export function shownTelling(
  { account, opened, wish }: Pick<At, "account" | "opened"> & { readonly wish: { readonly scope: string } },
  world: TradingWorld,
): Pick<TradingWorld, "tell"> {
  return {
    async tell(node: string, order: NodeOrder): Promise<NodeSaid> {
      const { phase, system } = order
      const about = { type: "live-phase", ...placeOf(account, wish.scope), phase, node, system } as const
      try {
        const said = await world.tell(node, order)
        opened.report.show({ ...about, state: "done", detail: `${said.mode}, trading ${said.trading}` })
        return said
      } catch (error) {
        opened.report.show({
          ...about,
          state: "failed",
          detail: error instanceof Error ? error.message : String(error),
        })
        throw error
      }
    },
  }
}

function detailsOf({ wish, facts: { approval, confirmation } }: Carrying): Readonly<Record<string, string>> {
  const { waived, token } = wish
  return {
    confirmation: [
      ...(confirmation.terminal ? ["typed at a terminal"] : []),
      ...(token === undefined ? [] : [`token ${token}`]),
    ].join(", "),
    ...(approval.by !== undefined && { approval: approval.by }),
    ...Object.fromEntries(Object.entries(waived).map(([name, why]) => [`waived ${name}`, why])),
  }
}

type Words = Pick<SwitchedResult, "outcome" | "epoch" | "rows" | "reasons" | "now" | "notes" | "next">

function wordsOf({ account, wish }: Carrying, end: LiveEnd): Words {
  const line = (words: string) => commandLine(account, `${words} --env ${wish.scope}`)
  if (end.end === "live") {
    const { epoch, said, notes } = end
    return {
      outcome: "done",
      epoch,
      rows: said.map(rowOf),
      reasons: [],
      now: [],
      notes,
      next: [line("mode"), line("halt")],
    }
  }
  const { reasons, now, safe, traded, stopped } = end
  const warnings = [
    ...(traded
      ? ["a trader was told to trade: orders and positions may be at the broker. Look there, or telephone"]
      : []),
    ...(safe ? [] : ["it is not known whether a system trades live now: halt it"]),
  ]
  return {
    outcome: "failed",
    epoch: undefined,
    rows: [],
    reasons: stopped ? ["stopped before the commit"] : reasons,
    now,
    notes: warnings,
    next: safe ? [line("mode")] : [line("halt --now"), line("mode")],
  }
}

export const rowOf = ({ node, system, mode, trading, gateway, account, digest, limits }: NodeSaid): TradingRow => ({
  ...{ node, system, mode, trading, gateway },
  ...{ account, digest, limits },
})
