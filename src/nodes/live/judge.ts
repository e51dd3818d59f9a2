import type { Trading, TradingRecord } from "../../aws/trading/record.ts"
import type { NodeSaid } from "./said.ts"
import type { Confirmed } from "./wish.ts"

/** What a node must say, by the record that is in force. */
export interface Due {
  readonly record: TradingRecord
  readonly confirmed: Readonly<Record<string, Confirmed>>
  /** Of a system that is halted: only after the commit is its halt lifted. */
  readonly resuming: boolean
}

/** What speaks against the commit, after a node was prepared. Nothing, where all is as confirmed. */
export function notReady(due: Due, said: NodeSaid): readonly string[] {
  const { record } = due
  const wanted = due.confirmed[said.system]
  const trading = record.systems[said.system]
  if (!trading || !wanted) return [notAsked(said)]
  const trader = trading.trader === said.node
  return [
    ...common(record, trading, wanted, said),
    ...ill("still trades", said.trading, "stopped"),
    ...ill("its trading services are in the network of gateway", said.gateway, "none"),
    ...(due.resuming ? [] : ill("is halted there", said.latch, "no")),
    ...(due.resuming && said.marker === "halt" ? [] : ill("its marker", said.marker, "clear")),
    ...(trader ? notReadyToTrade(due, wanted, said) : strangeGateway(due, said)),
  ]
}

/** What speaks against its being live, after the trader was activated. */
export function notProved(due: Due, said: NodeSaid): readonly string[] {
  const { record } = due
  const wanted = due.confirmed[said.system]
  const trading = record.systems[said.system]
  if (!trading || !wanted) return [notAsked(said)]
  const trader = trading.trader === said.node
  return [
    ...common(record, trading, wanted, said),
    ...ill("its marker", said.marker, "clear"),
    ...(trader ? notLive(wanted, said) : [...notStill(said), ...strangeGateway(due, said)]),
  ]
}

const notAsked = ({ system }: NodeSaid): string => `${JSON.stringify(system)} was not asked about`

function common(record: TradingRecord, trading: Trading, wanted: Confirmed, said: NodeSaid): readonly string[] {
  return [
    ...ill("has read the record of epoch", said.epoch, `${record.epoch}`),
    ...ill("has read in it", said.record, `${trading.mode}/${trading.trading}`),
    ...ill("takes itself for the trader", said.trader, trading.trader === said.node ? "yes" : "no"),
    ...ill("has the images", said.digest, wanted.digest),
    ...ill("has the setting", said.config, wanted.config),
    ...ill("has the limits", said.limits, wanted.limits),
    ...ill("is healthy", said.healthy, "yes"),
    ...ill("reaches database and cache", said.data, "yes"),
    ...wrongClock(said.clock),
  ]
}

function notReadyToTrade({ record }: Due, wanted: Confirmed, said: NodeSaid): readonly string[] {
  return [
    ...(has(said.gateways, "live") ? [] : [`no live gateway runs; ${JSON.stringify(said.gateways)} does`]),
    ...ill("its live gateway is logged in to", said.account, wanted.account),
    // Where another system trades live by it, it takes orders already, and this system's services are stopped.
    ...(sharesGateway(record, said) ? [] : ill("its live gateway is read-only", said.readOnly, "yes")),
    ...ill("can read the live credentials", said.credentials, "yes"),
  ]
}

function notLive(wanted: Confirmed, said: NodeSaid): readonly string[] {
  return [
    ...ill("is halted there", said.latch, "no"),
    ...ill("its trading services have the mode", said.mode, "live"),
    ...ill("trades", said.trading, "active"),
    ...ill("its trading services are in the network of gateway", said.gateway, "live"),
    ...(has(said.gateways, "live") ? [] : [`no live gateway runs; ${JSON.stringify(said.gateways)} does`]),
    ...ill("its live gateway is logged in to", said.account, wanted.account),
    ...ill("its live gateway is read-only", said.readOnly, "no"),
  ]
}

const notStill = (said: NodeSaid): readonly string[] => [
  ...ill("trades, and is not the trader", said.trading, "stopped"),
  ...ill("its trading services are in the network of gateway", said.gateway, "none"),
]

/** On a node that trades for no system there is nothing that could send an order with real money. */
function strangeGateway({ record, confirmed }: Due, said: NodeSaid): readonly string[] {
  const own = Object.entries(record.systems).some(
    ([name, { mode, trader }]) => trader === said.node && (mode === "live" || name in confirmed),
  )
  return own || !has(said.gateways, "live") ? [] : ["a live gateway runs, and it trades for no live system"]
}

const sharesGateway = ({ systems }: TradingRecord, said: NodeSaid): boolean =>
  Object.entries(systems).some(
    ([name, { mode, trading, trader }]) =>
      name !== said.system && mode === "live" && trading === "active" && trader === said.node,
  )

function wrongClock(clock: string): readonly string[] {
  // An empty text is the number 0.
  const right = clock.trim() !== "" && Math.abs(Number(clock)) <= 1
  return right ? [] : [`its clock is ${JSON.stringify(clock)} seconds off; at most one is allowed`]
}

const has = (gateways: string, kind: string): boolean => gateways.split(" ").includes(kind)

const ill = (what: string, said: string, due: string): readonly string[] =>
  said === due ? [] : [`${what}: ${JSON.stringify(said)}, and not ${JSON.stringify(due)}`]
