import type { TradingRecord } from "../../aws/trading/record.ts"
import { type Answer, reasonsOf, saidBy, tellAll } from "./answers.ts"
import { type Before, liftHalts, lookAround, makeMarkers } from "./beforehand.ts"
import { notProved, notReady } from "./judge.ts"
import { noted, tried } from "./noting.ts"
import { after, withEach, writeOver } from "./rewrite.ts"
import { type Reached, undo } from "./undo.ts"
import type { LiveEnd, LiveWish } from "./wish.ts"
import type { LiveWorld, Phase } from "./world.ts"

/**
 * Two phases and one commit point: nothing trades live before the record says so, and whatever fails, before it or
 * after it, is undone. Why each step is where it is: docs/decisions.
 */
export async function goLive(world: LiveWorld, wish: LiveWish): Promise<LiveEnd> {
  const before = await lookAround(world, wish)
  if (!("seen" in before)) return untouched(wish, before)
  const next = committed(world, wish, before.seen.record)

  const [failed, opened] = await prepared(world, wish, before)
  if (failed) return undo(world, wish, before.seen, opened, failed)

  world.reached("commit")
  const written = await writeOver(world, next, before.seen)
  if (written !== "yes") {
    const why =
      written === "no" ? "somebody else has changed the trading record" : "nobody knows whether the commit was written"
    return undo(world, wish, before.seen, { ...opened, committed: written }, [why])
  }

  const [wrong, proof] = await activated(world, wish, before, next)
  if (wrong) return undo(world, wish, before.seen, { ...opened, committed: "yes", activated: proof.activated }, wrong)
  // It is proved: not to be able to write that down is no reason to leave positions unattended.
  const notes = await note(world, wish, next.epoch, "end")
  return { end: "live", epoch: next.epoch, said: saidBy(proof.answers), notes }
}

/** Up to the commit: reasons why there is to be none (no reason, where it was stopped), and what is to be undone then. */
async function prepared(
  world: LiveWorld,
  wish: LiveWish,
  before: Before,
): Promise<readonly [readonly string[] | undefined, Reached]> {
  const { record } = before.seen
  const none: Reached = { armed: false, told: false, committed: "no", activated: false }
  const armed = { ...none, armed: true }
  const told = { ...armed, told: true }
  const stopped = (): boolean => wish.signal.aborted
  if (stopped()) return [[], none]
  const begun = [...(await note(world, wish, record.epoch, "begin")), ...(await makeMarkers(world, before.markers))]
  if (begun.length > 0 || stopped()) return [begun, none]

  world.reached("arm")
  const closed = await tried(world.arm(), "the nodes cannot be let read the live credentials")
  if (closed.length > 0 || stopped()) return [closed, armed]

  world.reached("prepare")
  const preparing = await tellEach(world, wish, "prepare", record)
  const unprepared = reasonsOf(preparing, () => [])
  if (unprepared.length > 0 || stopped()) return [unprepared, told]

  world.reached("verify")
  const due = { record, confirmed: wish.confirmed, resuming: wish.command === "resume" }
  const unready = reasonsOf(await tellEach(world, wish, "verify", record), (said) => notReady(due, said))
  if (unready.length > 0 || stopped()) return [unready, told]

  const unwritten = await note(world, wish, record.epoch + 1, "commit")
  return unwritten.length > 0 || stopped() ? [unwritten, told] : [undefined, told]
}

/** From the commit on, the signal stops nothing: to go on is the shortest way to where all is known. */
async function activated(world: LiveWorld, wish: LiveWish, before: Before, record: TradingRecord) {
  const lifted = await liftHalts(world, before.markers)
  if (lifted.length > 0) return [lifted, { activated: false, answers: [] }] as const

  world.reached("activate")
  const orders = Object.keys(wish.confirmed).map((system) => orderOf(wish, system, "activate", record.epoch))
  const doing: Answer[] = []
  for (const order of orders) {
    doing.push(...(await tellAll(world, [record.systems[order.system]?.trader ?? ""], [order])))
    const failed = reasonsOf(doing, () => [])
    if (failed.length > 0) return [failed, { activated: true, answers: doing }] as const
  }

  world.reached("prove")
  const due = { record, confirmed: wish.confirmed, resuming: false }
  const answers = await tellEach(world, wish, "prove", record)
  const unproved = reasonsOf(answers, (said) => notProved(due, said))
  return [unproved.length > 0 ? unproved : undefined, { activated: true, answers }] as const
}

function committed(world: LiveWorld, wish: LiveWish, record: TradingRecord): TradingRecord {
  const names = Object.keys(wish.confirmed)
  const since = world.now()
  const systems = names.map((name) => {
    const { digest = "", limits = "", account = "" } = wish.confirmed[name] ?? {}
    const live = { mode: "live", trading: "active", since, digest, limits, account } as const
    return withEach(record, [name], (was) => ({ ...was, ...live }))
  })
  return after(world, wish, record, Object.assign({}, ...systems))
}

/** To look may be tried again; to do is told once, and its answer tells whether it was done. */
function tellEach(world: LiveWorld, wish: LiveWish, phase: Phase, { epoch }: TradingRecord) {
  const orders = Object.keys(wish.confirmed).map((system) => orderOf(wish, system, phase, epoch))
  return tellAll(world, world.nodes, orders, phase === "verify" || phase === "prove" ? 3 : 1)
}

const orderOf = ({ confirmed }: LiveWish, system: string, phase: Phase, epoch: number) => ({
  system,
  phase,
  epoch,
  digest: confirmed[system]?.digest ?? "",
})

function note(world: LiveWorld, wish: LiveWish, epoch: number, at: "begin" | "commit" | "end") {
  const systems = Object.keys(wish.confirmed)
  const what = {
    begin: `${wish.command} begins: ${systems.join(", ")}`,
    commit: `all nodes are prepared and verified; the trading record is about to say live at epoch ${epoch}`,
    end: "live, and every node was read back",
  }[at]
  const details = { ...wish.details, ...told(wish) }
  return noted(world, { event: `${wish.command}-${at}`, systems, epoch, what, details })
}

const told = ({ confirmed }: LiveWish): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(confirmed).map(([system, { digest, config, limits, account }]) => [
      system,
      `digest ${digest}, setting ${config}, limits ${limits}, account ${account}`,
    ]),
  )

const untouched = (wish: LiveWish, reasons: readonly string[]): LiveEnd => ({
  end: "failed",
  stopped: wish.signal.aborted,
  reasons,
  now: ["nothing was changed"],
  safe: true,
  traded: false,
})
