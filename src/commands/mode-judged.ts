import type { Trading, TradingRecord } from "../aws/trading/record.ts"
import type { NodeSaid } from "../nodes/live/said.ts"
import type { Told } from "./mode.ts"

/** Where what runs is not what the record says, each in a sentence. A node that is silent may do anything. */
export function disagreementsOf(
  record: TradingRecord | undefined,
  systems: readonly string[],
  told: readonly Told[],
): readonly string[] {
  const spoken = told.flatMap((one) => ("said" in one ? [one.said] : []))
  return [
    ...told.flatMap((one) => ("why" in one ? [`${one.system} on ${one.node}: not known: ${one.why}`] : [])),
    ...spoken.flatMap((said) => wrongOn(record?.systems[said.system], said).map((why) => `${about(said)}: ${why}`)),
    ...systems.flatMap((system) => absent(record?.systems[system], system, told)),
  ]
}

const about = ({ system, node }: NodeSaid): string => `${system} on ${node}`

function wrongOn(trading: Trading | undefined, said: NodeSaid): readonly string[] {
  if (!trading) return said.trading === "active" ? ["trades, and the record does not say how"] : []
  const trader = trading.trader === said.node
  const due = trader && trading.trading === "active"
  return [
    ...(said.record === `${trading.mode}/${trading.trading}` ? [] : [`has read the record as ${said.record}`]),
    ...(["none", trading.mode].includes(said.mode)
      ? []
      : [`runs in ${said.mode}, and the record says ${trading.mode}`]),
    ...(said.gateway !== "live" || trading.mode === "live" ? [] : ["reaches the live gateway, and is not live"]),
    ...(said.gateway !== "paper" || trading.mode !== "live" ? [] : ["is live, and reaches the paper gateway"]),
    ...(trader || said.trading !== "active" ? [] : ["trades, and is not the trader"]),
    ...(due && said.latch === "yes" ? ["is halted there, and the record says active"] : []),
    ...(due && said.latch !== "yes" && said.trading !== "active" ? ["does not trade, and the record says active"] : []),
    ...(trading.trading === "halted" && said.latch !== "yes" && said.trading === "active"
      ? ["trades, and the record says halted"]
      : []),
  ]
}

/** The record names a trader that nobody has heard. */
function absent(trading: Trading | undefined, system: string, told: readonly Told[]): readonly string[] {
  if (!trading || trading.trader === "" || trading.trading === "halted") return []
  if (told.some((one) => one.system === system && one.node === trading.trader)) return []
  return [`${system}: the record names ${trading.trader} as its trader, and that node is not up`]
}
