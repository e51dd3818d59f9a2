import type { GatewayRow, GatewaysResult } from "../results/gateway.ts"
import { beside } from "./beside.ts"
import { nextLines } from "./next.ts"
import { heading, type Page, placeOf } from "./page.ts"
import { escapeControls } from "./value.ts"

export function gatewayLines(result: GatewaysResult, page: Page): readonly string[] {
  return [
    ...heading(page, `gateways of ${placeOf(result)}`),
    ...result.rows.flatMap((row) => rowLines(row, page)),
    ...beside("next login", `${result.nextLogin}: the broker makes every login invalid`, { column: 10, page }),
    ...nextLines(result.next, page),
  ]
}

function rowLines({ gateway, node, state, readOnly, account }: GatewayRow, page: Page): readonly string[] {
  const { green, yellow, dim } = page.paint
  if (state === "none") return beside(gateway, dim(`none on ${node}`), { column: 10, page })
  const login = account === "" ? yellow("not logged in") : green(`logged in to ${escapeControls(account)}`)
  const orders = { yes: "takes no orders", no: "takes orders", unknown: "not known whether it takes orders" }[readOnly]
  return beside(gateway, `${login}, ${orders}, ${escapeControls(state)} on ${node}`, { column: 10, page })
}
