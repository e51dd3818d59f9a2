import { DeleteObjectCommand } from "@aws-sdk/client-s3"
import { DeleteDocumentCommand, DeleteParameterCommand } from "@aws-sdk/client-ssm"
import { stateBucketName } from "../../src/aws/names.ts"
import { systems } from "../../src/nodes/systems.ts"
import type { Removal } from "./removals.ts"
import { writesTrading } from "./tampers/trading.ts"

/** What is said of all that a node has on it, when another one takes its place. */
export const followsOnNode: readonly string[] = [
  ...["node/main", "influx/main", "databases/main"].map((key) => `${key} differs: node (pending)`),
  ...systems.flatMap((system) => [
    `trading/${system} differs: trader (pending)`,
    `checkout/${system} differs: node (pending)`,
    `override/${system} differs: key (pending)`,
    `images/${system} differs: wish (pending), commit (pending), node (pending)`,
    `system/${system} differs: wish (pending), commit (pending), override (pending), digest (pending), node (pending)`,
  ]),
]

/** Somebody takes a parameter away. */
const without = (key: string, name: string): Pick<Removal, "key" | "does"> => ({
  key,
  does: ({ ssm }) => ssm.send(new DeleteParameterCommand({ Name: `/smart0dte/poc/${name}` })),
})

/** What is there for nodes, and what they said. */
export const nodeRemovals: readonly Removal[] = [
  {
    key: "document/release",
    does: ({ ssm }, the) => ssm.send(new DeleteDocumentCommand({ Name: the("document/release", "document") })),
  },
  {
    key: "node-files/main",
    async does({ s3, ...place }, the) {
      const places = Object.keys(JSON.parse(the("node-files/main", "objects")))
      for (const one of places) {
        const Key = `environments/poc/node/${one}`
        await s3.send(new DeleteObjectCommand({ Bucket: stateBucketName(place), Key }))
      }
    },
  },
  {
    key: "trading/smart-0dte",
    does: (by) => writesTrading(by, "poc", "smart-0dte", undefined),
  },
  without("setting/gateway", "settings/gateway"),
  without("setting/smart-0dte", "systems/smart-0dte"),
  without("override/smart-0dte", "overrides/smart-0dte"),
  without("node/main", "state/node/main"),
  without("influx/main", "state/influx/main"),
  without("databases/main", "state/databases/main"),
  {
    ...without("checkout/smart-0dte", "state/checkout/smart-0dte"),
    // Only a checkout tells which commit it is of.
    also: [
      "override/smart-0dte differs: key (pending)",
      "images/smart-0dte differs: wish (pending), commit (pending)",
      "system/smart-0dte differs: wish (pending), commit (pending), override (pending), digest (pending)",
    ],
  },
  {
    ...without("images/smart-0dte", "state/images/smart-0dte"),
    // Only what is built tells what it became.
    also: ["system/smart-0dte differs: wish (pending), digest (pending)"],
  },
  without("system/smart-0dte", "state/system/smart-0dte"),
]
