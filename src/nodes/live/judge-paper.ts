import type { TradingRecord } from "../../aws/trading/record.ts"
import type { NodeSaid } from "./said.ts"

/** What speaks against a node's trading on paper at the most. */
export function notPaper({ systems }: TradingRecord, said: NodeSaid): readonly string[] {
  const trading = systems[said.system]
  const due = `${trading?.mode}/${trading?.trading}`
  const live = Object.values(systems).filter(({ mode }) => mode === "live")
  const mayTrade = trading?.trading === "active" && trading.trader === said.node
  return [
    ...(said.record === due ? [] : [`has read ${JSON.stringify(said.record)} in the record, and not ${due}`]),
    ...(["none", trading?.mode].includes(said.mode) ? [] : [`its trading services have the mode ${said.mode}`]),
    ...(mayTrade || !trades(said) ? [] : ["it still trades"]),
    ...(mayTrade && said.trading !== "active" ? ["it is the trader, and does not trade"] : []),
    ...(said.gateway === "live" ? ["its trading services are in the network of the live gateway"] : []),
    ...(liveGateway(said) && !live.some(({ trader }) => trader === said.node) ? ["a live gateway still runs"] : []),
    ...(said.credentials === "yes" && live.length === 0 ? ["it can still read the live credentials"] : []),
  ]
}

/** What speaks against its having been resumed, where it is to trade. */
export const notResumed = ({ latch }: NodeSaid): readonly string[] =>
  latch === "no" ? [] : ["it is still halted there"]

/** What speaks against its having halted. */
export const notHalted = (said: NodeSaid): readonly string[] => [
  ...(said.latch === "yes" ? [] : ["it has not taken the halt down"]),
  ...(trades(said) ? ["it still trades"] : []),
]

/** One that halted by its own command may run on: it watches its positions, and opens none. */
const trades = ({ trading }: NodeSaid): boolean => !["stopped", "kept"].includes(trading)

const liveGateway = ({ gateways }: NodeSaid): boolean => gateways.split(" ").includes("live")
