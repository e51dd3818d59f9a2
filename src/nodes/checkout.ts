import type { Need } from "../aws/step.ts"
import { type OnNode, onNode } from "./on-node.ts"
import { wishOf } from "./order.ts"
import { reportKind } from "./report.ts"

type Lines = Readonly<Record<string, string>>

export interface CheckoutWish extends OnNode {
  readonly system: string
  readonly node: Need<object>
  readonly setting: Need<{ readonly lines: Lines }>
}

/** A system's project as it was when it was fetched: it moves on only where somebody releases it. */
export const checkout = ({ system, node, setting, ...on }: CheckoutWish) =>
  onNode({
    on,
    kind: checkoutKind,
    name: system,
    action: "checkout",
    system,
    needs: { node, setting },
    wants: ({ setting: { lines } }) => ({
      wish: wishOf(lines.repository, lines.ref, lines.compose),
      repository: lines.repository ?? "",
      ref: lines.ref ?? "",
    }),
  })

export const checkoutKind = reportKind({
  name: "checkout",
  fields: { repository: "", ref: "", commit: "", compose: "" },
  hint: (system) =>
    `are repository, ref and token of ${system} right in smart0dte.yaml? mend it, and run the same command again`,
  usually: { create: 10, update: 10 },
  tells: ["commit", "compose"],
  before: ["system", "images", "override"],
})
