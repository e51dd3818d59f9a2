import type { Need } from "../aws/step.ts"
import { type OnNode, onNode } from "./on-node.ts"
import { wishOf } from "./order.ts"
import { reportKind } from "./report.ts"

export interface DatabasesWish extends OnNode {
  readonly node: Need<object>
  /** Where the database is. */
  readonly data: Need<{ readonly lines: Readonly<Record<string, string>> }>
  /** What the systems' passwords are kept in. */
  readonly secrets: readonly Need<{ readonly arn: string }>[]
}

/** A database, a role and its schemas for each system, made from the node: nothing else reaches the server. */
export const databases = ({ node, data, secrets, ...on }: DatabasesWish) =>
  onNode({
    on,
    kind: databasesKind,
    name: "main",
    action: "databases",
    needs: { node, data, secrets },
    wants: ({ data, secrets }) => ({
      wish: wishOf(
        data.lines,
        secrets.map(({ arn }) => arn),
      ),
    }),
  })

export const databasesKind = reportKind({
  name: "databases",
  fields: {},
  hint: () => "run the same command again when it is mended: what is made already stays as it is",
  usually: { create: 15, update: 15 },
})
