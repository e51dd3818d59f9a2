import type { TradingRecord } from "../../aws/trading/record.ts"
import { reasonsOf, saidBy, tellAll } from "./answers.ts"
import { liftHalts, lookAtMarkers, makeMarkers } from "./beforehand.ts"
import { notPaper, notResumed } from "./judge-paper.ts"
import { noted } from "./noting.ts"
import { after, seenNow, withEach, writeOver } from "./rewrite.ts"
import { untouched } from "./untouched.ts"
import type { PaperEnd, ResumeWish } from "./wish.ts"
import type { ClearingWorld, Seen } from "./world.ts"

/** Lifts the halt of systems that trade on paper. A halt that comes meanwhile wins. */
export async function resumePaper(world: ClearingWorld, wish: ResumeWish): Promise<PaperEnd> {
  const { systems } = wish
  const seen = await seenNow(world)
  if (!seen) return untouched(["the trading record cannot be read"])
  const unfit = systems.flatMap((name) => notToResume(name, seen.record))
  if (unfit.length > 0) return untouched(unfit)
  const markers = await lookAtMarkers(world, systems)
  if (!markers) return untouched(["the halt markers cannot be read"])
  const what = `resume: ${systems.join(", ")}`
  const begun = await noted(world, { event: "resume-begin", systems, epoch: seen.record.epoch, what })

  // Written even where it says so already: nodes lift no halt but by an epoch that is newer than it.
  const next = after(world, wish, seen.record, changed(world, wish, seen.record, "active"))
  const written = await writeOver(world, next, seen)
  if (written !== "yes") return { ...untouched([unwritten[written]]), notes: begun }
  const kept = [...(await liftHalts(world, markers)), ...(await makeMarkers(world, markers))]
  if (kept.length > 0) return { ...untouched(kept), now: await haltAgain(world, wish, next), notes: begun }

  const orders = systems.map((system) => ({ system, phase: "resume" as const, epoch: next.epoch }))
  const answers = await tellAll(world, world.nodes, orders)
  const reasons = reasonsOf(answers, (said) => [...notPaper(next, said), ...notResumed(said)])
  const end = reasons.length > 0 ? "failed" : "done"
  const told = end === "done" ? "active, and every node was read back" : reasons.join("; ")
  const ended = await noted(world, { event: `resume-${end}`, systems, epoch: next.epoch, what: told })
  const now = systems.map((name) => `${name}: the trading record says ${next.systems[name]?.mode}/active`)
  return { end, reasons, now, said: saidBy(answers), notes: [...begun, ...ended] }
}

const unwritten = {
  no: "somebody else has changed the trading record meanwhile",
  maybe: "nobody knows whether the trading record was changed: it could not be read back",
}

function notToResume(name: string, { systems }: TradingRecord): readonly string[] {
  const mode = systems[name]?.mode
  if (mode === undefined) return [`${name} is not in the trading record`]
  return mode === "live" ? [`${name} is live: it is resumed under the guards of going live`] : []
}

const changed = (world: ClearingWorld, wish: ResumeWish, record: TradingRecord, trading: "active" | "halted") =>
  withEach(record, wish.systems, (was) => (was.trading === trading ? was : { ...was, trading, since: world.now() }))

/** The marker keeps nodes from trading in any case: this is for the record to say so too. */
async function haltAgain(world: ClearingWorld, wish: ResumeWish, { run, epoch }: TradingRecord) {
  const seen: Seen | undefined = await seenNow(world)
  const own = seen?.record.run === run && seen.record.epoch === epoch
  const next = seen && own ? after(world, wish, seen.record, changed(world, wish, seen.record, "halted")) : undefined
  const written = seen && next ? await writeOver(world, next, seen) : "no"
  return [written === "yes" ? "the trading record says halted again" : "the trading record was left as it is"]
}
