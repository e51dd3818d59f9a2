import type { Account } from "../app/account.ts"
import { inReality, inTime } from "../aws/in-time.ts"
import { stateObjects } from "../aws/state/objects.ts"
import type { TradingRecord } from "../aws/trading/record.ts"
import { awsWorld } from "../nodes/live/aws-world.ts"
import { haltAll } from "../nodes/live/halting.ts"
import { nodesOf, type StandingNode, upAmong } from "../nodes/live/nodes.ts"
import type { HaltEnd } from "../nodes/live/wish.ts"
import { newRun } from "../nodes/order.ts"
import type { HaltedResult, HaltRow } from "../report/results/trading.ts"
import { commandLine } from "./next.ts"
import { placeOf } from "./planning.ts"

export interface Halting {
  readonly scope: string
  readonly systems: readonly string[]
  readonly now: boolean
  /** When somebody asked for it, by the account's clock. */
  readonly begun: number
  readonly stop: AbortSignal
  say(words: string): void
}

/** All that can be done at once, at once; and what is dead, or does not answer, is named instead of waited for. */
export async function haltEnvironment(account: Account, halting: Halting): Promise<HaltedResult> {
  const { cloud, arn: by } = account
  const { scope, systems, now, begun, stop, say } = halting
  const objects = stateObjects(cloud, cloud.s3)
  const run = newRun()
  const hurry = inReality(cloud.clock, patience.all) - (cloud.clock.now() - begun)
  const slow = (node: string, system: string) => say(`${system} on ${node} is at it, and has not finished yet`)
  const world = awsWorld({ cloud, objects, scope, nodes: [], by, run, stop, hurry, slow })
  // Nodes look for it by themselves: it waits for nobody to be found.
  const marked = new Map(systems.map((system) => [system, world.mark(system)]))
  for (const mark of marked.values()) mark.catch(() => {})
  const record = inTime(cloud.clock, inReality(cloud.clock, patience.finding), account.trading(scope)).catch(
    () => undefined,
  )
  const found = await findNodes(account, scope, record)
  const up = upAmong(found.nodes)
  const mark = async (system: string) => marked.get(system)
  const end = await haltAll({ ...world, nodes: up, mark }, { systems, now, by, run })
  return resultOf(account, halting, { found, end, record: (await record)?.record })
}

/** In milliseconds, of the five seconds in which somebody who is afraid wants to know. */
const patience = { finding: 1_200, all: 4_000, longest: 15_000 } as const

interface Found {
  readonly nodes: readonly StandingNode[]
  /** Why it may not be all of them; empty where it is. */
  readonly trouble: string
}

type Reading = Promise<{ readonly record: TradingRecord } | undefined>

/** Where EC2 does not say soon which nodes there are, the record still names those that trade. */
async function findNodes({ cloud }: Account, scope: string, record: Reading): Promise<Found> {
  const { clock } = cloud
  const asked = nodesOf(cloud, [scope])
  try {
    return { nodes: await inTime(clock, inReality(clock, patience.finding), asked), trouble: "" }
  } catch (error) {
    const traders = Object.values((await record)?.record.systems ?? {}).map(({ trader }) => trader)
    const ids = [...new Set(traders)].filter((id) => id !== "")
    // Nobody else is known.
    if (ids.length === 0) return foundLate(inTime(clock, inReality(clock, patience.longest), asked))
    const trouble = `which nodes there are could not be asked (${whyOf(error)}): only those that trade by the record were told`
    return { nodes: ids.map((id) => ({ id, scope, state: "running" })), trouble }
  }
}

async function foundLate(asked: Promise<readonly StandingNode[]>): Promise<Found> {
  try {
    return { nodes: await asked, trouble: "" }
  } catch (error) {
    return {
      nodes: [],
      trouble: `which nodes there are could not be asked (${whyOf(error)}): none was told but by the marker`,
    }
  }
}

const whyOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

interface Ended {
  readonly found: Found
  readonly end: HaltEnd
  readonly record: TradingRecord | undefined
}

function resultOf(account: Account, { scope, systems, now }: Halting, { found, end, record }: Ended): HaltedResult {
  const { trouble, nodes } = found
  const done = end.halted && trouble === ""
  const again = `halt --env ${scope}${now ? "" : " --now"}`
  return {
    type: "halted",
    ...placeOf(account, scope),
    outcome: done ? "done" : "failed",
    systems,
    rows: [...end.answers.map(rowOf), ...stoppedRows(nodes, systems)],
    record: end.record ?? "",
    notes: [...(trouble === "" ? [] : [trouble]), ...end.notes],
    remains: remainsOf(systems, record),
    next: [
      ...(done
        ? []
        : [`what did not answer may still obey; see it with: ${commandLine(account, `mode --env ${scope}`)}`]),
      ...(done ? [] : [`or once more: ${commandLine(account, again)}`]),
      commandLine(account, `resume --env ${scope}`),
    ],
  }
}

const rowOf = ({ node, system, halted, why = "" }: HaltEnd["answers"][number]): HaltRow => ({
  node,
  system,
  state: halted ? "halted" : "not confirmed",
  detail: why,
})

/** Nothing runs there, and when it starts it finds the marker. */
const stoppedRows = (nodes: readonly StandingNode[], systems: readonly string[]): readonly HaltRow[] =>
  nodes
    .filter(({ state }) => state === "stopped")
    .flatMap(({ id }) =>
      systems.map((system) => ({ node: id, system, state: "stopped" as const, detail: "the instance is stopped" })),
    )

/** In words, since nobody here can see it: what was sent to the broker before is the broker's. */
function remainsOf(systems: readonly string[], record: TradingRecord | undefined): readonly string[] {
  const live = record ? systems.filter((name) => record.systems[name]?.mode === "live") : systems
  if (live.length === 0) return ["they traded on paper: working orders and positions stay in the paper account"]
  return [
    `at the broker remain: working orders of ${live.join(" and ")}, which can still be filled, and open positions`,
    "a halt cancels and closes nothing, and no software watches over it now; what expires today is settled at the close",
    "look at working orders, positions and expirations in the broker's own application, and close there what must not stay",
    "without it, telephone the broker (Interactive Brokers, closing orders, United States: 1 (877) 442-2757)",
  ]
}
