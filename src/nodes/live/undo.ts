import type { TradingRecord } from "../../aws/trading/record.ts"
import { type Answer, reasonsOf, tellAll } from "./answers.ts"
import { disarmUnlessLive } from "./disarm.ts"
import { noted } from "./noting.ts"
import { putBack } from "./put-back.ts"
import { seenNow } from "./rewrite.ts"
import type { LiveFailed, LiveWish } from "./wish.ts"
import type { LiveWorld, Seen } from "./world.ts"

/** How far it had come: what was not done need not be undone. */
export interface Reached {
  readonly armed: boolean
  /** Whether a node was told anything. */
  readonly told: boolean
  readonly committed: "no" | "maybe" | "yes"
  /** Whether a trader was told to trade. */
  readonly activated: boolean
}

/** What is undone is undone as far as it goes: nothing in here keeps the rest from being tried. */
export async function undo(
  world: LiveWorld,
  wish: LiveWish,
  before: Seen,
  reached: Reached,
  reasons: readonly string[],
): Promise<LiveFailed> {
  world.reached("undo")
  const first = reached.committed === "no" ? undefined : await putBack(world, wish, before, "as before")
  const lost =
    reached.committed === "no" || (first && first.run !== wish.run && first.epoch === before.record.epoch + 1)
  // What another run has activated instead of this one is none of ours.
  const epoch = lost ? before.record.epoch : before.record.epoch + 1
  const answers = reached.told ? await deactivate(world, wish, epoch) : []
  // What was not settled is tried once more when nothing trades: halted, since the nodes have made themselves so.
  const tryAgain = reached.committed !== "no" && first === undefined
  const settled = tryAgain ? await putBack(world, wish, before, "halted") : first
  // Where it cannot be read, what was live before is what may need them.
  const standing = settled ?? (await seenNow(world))?.record ?? before.record
  const open = reached.armed ? await disarmUnlessLive(world, standing) : []
  const left = [...reasonsOf(answers, () => []), ...open]
  const known = reached.committed === "no" || settled !== undefined
  const what = reasons.length === 0 ? "stopped before the commit" : reasons.join("; ")
  const event = `${wish.command}-failed`
  const unwritten = await noted(world, { event, systems: Object.keys(wish.confirmed), epoch: standing.epoch, what })
  // Nothing is made worse by what cannot be written down any more: it is said.
  const now = [...inWords(wish, settled, known), ...left, ...unwritten]
  const stopped = wish.signal.aborted && reasons.length === 0
  const safe = known && (!reached.activated || answers.every((answer) => "said" in answer))
  return { end: "failed", stopped, reasons, now, safe, traded: reached.activated }
}

function deactivate(world: LiveWorld, wish: LiveWish, epoch: number): Promise<readonly Answer[]> {
  const orders = Object.entries(wish.confirmed).map(([system, { digest }]) => ({
    system,
    phase: "deactivate" as const,
    epoch,
    digest,
  }))
  return tellAll(world, world.nodes, orders, tries)
}

const tries = 3

function inWords(wish: LiveWish, settled: TradingRecord | undefined, known: boolean): readonly string[] {
  if (!known)
    return [
      "nobody knows whether the trading record says live: it could neither be put back nor read",
      "every node stops by itself as soon as it reads a record that does not say live and active for it",
    ]
  if (!settled) return ["the trading record was not changed"]
  return Object.keys(wish.confirmed).map((system) => {
    const trading = settled.systems[system]
    const whose = settled.run === wish.run ? "" : `, by ${settled.by}, whose change stays`
    return `${system}: the trading record (epoch ${settled.epoch}) says ${trading?.mode}/${trading?.trading}${whose}`
  })
}
