import type { Need } from "../aws/step.ts"
import { type OnNode, onNode } from "./on-node.ts"
import { wishOf } from "./order.ts"
import { reportKind } from "./report.ts"

export interface InfluxWish extends OnNode {
  readonly node: Need<object>
  /** Which volume it is on. */
  readonly setting: Need<{ readonly lines: Readonly<Record<string, string>> }>
  /** What its tokens are kept in. */
  readonly secrets: readonly Need<{ readonly arn: string }>[]
}

/** The one InfluxDB of a node, with an organisation for each system. */
export const influx = ({ node, setting, secrets, ...on }: InfluxWish) =>
  onNode({
    on,
    kind: influxKind,
    name: "main",
    action: "influx",
    needs: { node, setting, secrets },
    wants: ({ setting, secrets }) => ({
      wish: wishOf(
        setting.lines,
        secrets.map(({ arn }) => arn),
      ),
    }),
  })

export const influxKind = reportKind({
  name: "influx",
  fields: {},
  hint: () => "run the same command again when it is mended: it goes on there",
  usually: { create: 45, update: 20 },
})
