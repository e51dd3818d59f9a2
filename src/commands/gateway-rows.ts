import type { Account } from "../app/account.ts"
import type { System } from "../nodes/systems.ts"
import type { GatewayRow } from "../report/results/gateway.ts"
import { askNode, type NodePlace } from "./on-node.ts"

/** The gateways of a node, live and paper: one of each at most. */
export async function gatewaysOn(
  account: Account,
  place: NodePlace,
  system: System,
  stop: AbortSignal,
): Promise<readonly GatewayRow[]> {
  const { output } = await askNode(account, place, { action: "gateway-status", system }, stop)
  return output.split("\n").flatMap((line) => {
    const [kind, state = "", readOnly = "", logged = "", screen = ""] = line.split("\t")
    if (kind !== "live" && kind !== "paper") return []
    const port = Number(screen)
    return [
      {
        gateway: kind,
        node: place.instance,
        state,
        readOnly: readOnly === "yes" || readOnly === "no" ? readOnly : "unknown",
        account: logged === "-" ? "" : logged,
        screen: Number.isInteger(port) && port > 0 ? port : undefined,
      },
    ]
  })
}
