import type { TradingRecord } from "../../aws/trading/record.ts"
import { whyOf } from "./answers.ts"
import type { LiveWish } from "./wish.ts"
import type { ClearingWorld, LiveWorld, MarkerSeen, Seen } from "./world.ts"

/** What everything was before anything is done. */
export interface Before {
  readonly seen: Seen
  readonly markers: Markers
}

/** Each system's marker: only the one that was there is ever cleared. */
type Markers = Readonly<Record<string, MarkerSeen>>

/** Looks, and changes nothing. Reasons, where there is nothing to begin with. */
export async function lookAround(world: LiveWorld, wish: LiveWish): Promise<Before | readonly string[]> {
  const systems = Object.keys(wish.confirmed)
  try {
    const [seen, markers] = await Promise.all([world.read(), markersOf(world, systems)])
    const reasons = [...wrongRecord(world, wish, seen.record), ...wrongMarkers(wish, markers)]
    return reasons.length > 0 ? reasons : { seen, markers }
  } catch (error) {
    return [`what is so cannot be read: ${whyOf(error)}`]
  }
}

export async function lookAtMarkers(world: ClearingWorld, systems: readonly string[]): Promise<Markers | undefined> {
  try {
    return await markersOf(world, systems)
  } catch {
    return undefined
  }
}

/** Where a system has no marker, nodes could not tell whether it is halted. */
export async function makeMarkers(world: ClearingWorld, markers: Markers): Promise<readonly string[]> {
  const missing = Object.keys(markers).filter((system) => markers[system]?.etag === undefined)
  return clearAll(world, missing, {})
}

/** Lifts the halt that was there at first. One that came since stays, and its reason is given. */
export async function liftHalts(world: ClearingWorld, markers: Markers): Promise<readonly string[]> {
  const halted = Object.keys(markers).filter((system) => markers[system]?.halted)
  return clearAll(world, halted, markers)
}

async function clearAll(world: ClearingWorld, systems: readonly string[], seen: Markers) {
  const all = await Promise.all(
    systems.map(async (system) => {
      try {
        if (await world.clear(system, seen[system]?.etag)) return []
        return [`${system}: somebody has halted it meanwhile`]
      } catch (error) {
        return [`${system}: its halt marker could not be cleared: ${whyOf(error)}`]
      }
    }),
  )
  return all.flat()
}

async function markersOf(world: ClearingWorld, systems: readonly string[]): Promise<Markers> {
  const found = await Promise.all(systems.map(async (system) => [system, await world.marker(system)] as const))
  return Object.fromEntries(found)
}

function wrongRecord(world: LiveWorld, wish: LiveWish, record: TradingRecord): readonly string[] {
  const systems = Object.keys(wish.confirmed)
  if (systems.length === 0) return ["no system was confirmed"]
  if (record.epoch !== wish.epoch)
    return [`the trading record has changed: its epoch is ${record.epoch}, and ${wish.epoch} was confirmed`]
  return systems.flatMap((system) => {
    const trading = record.systems[system]
    if (!trading) return [`${system}: it is not in the trading record`]
    const due = wish.command === "resume" ? "live/halted" : "development/active or testing/active"
    const said = `${trading.mode}/${trading.trading}`
    const fits = due.split(" or ").includes(said)
    return [
      ...(fits ? [] : [`${system}: the trading record says ${said}, and ${wish.command} wants ${due}`]),
      ...(world.nodes.includes(trading.trader)
        ? []
        : [`${system}: its trader ${trading.trader} is not among the nodes`]),
    ]
  })
}

const wrongMarkers = (wish: LiveWish, markers: Markers): readonly string[] =>
  wish.command === "resume"
    ? []
    : Object.keys(markers).flatMap((system) => (markers[system]?.halted ? [`${system}: it is marked as halted`] : []))
