import type { NodeTrading } from "../results/trading.ts"
import { beside } from "./beside.ts"
import type { Page } from "./page.ts"
import { escapeControls } from "./value.ts"

/** What one node says of one system. */
export function nodeLines(row: NodeTrading, page: Page): readonly string[] {
  const { node, system, trader, mode, trading, halted, gateway, readOnly, account, digest, limits } = row
  const parts = [
    mode === "none"
      ? "nothing that trades runs"
      : `${mode}, ${trading === "kept" ? "halted by its own command" : `trading ${trading}`}`,
    ...(halted ? ["halted there"] : []),
    trader ? "the trader" : "not the trader",
    gateway === "none" ? "no gateway" : `gateway ${gateway}${readOnly === "yes" ? " (read-only)" : ""}`,
    ...(account === "" ? [] : [`account ${account}`]),
    ...(digest === "" ? [] : [`digest ${digest.slice(0, 16)}`]),
    ...(limits === "" ? [] : [`limits ${limits}`]),
  ]
  return beside(`${system} on ${node}`, escapeControls(parts.join(", ")), { column: 32, page })
}
