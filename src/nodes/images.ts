import type { Need } from "../aws/step.ts"
import { type OnNode, onNode } from "./on-node.ts"
import { wishOf } from "./order.ts"
import { reportKind } from "./report.ts"

export interface ImagesWish extends OnNode {
  readonly system: string
  readonly checkout: Need<{ readonly commit: string }>
  readonly override: Need<{ readonly key: string }>
}

/** The images of a system's services, built on the node from its checkout. */
export const images = ({ system, checkout, override, ...on }: ImagesWish) =>
  onNode({
    on,
    kind: imagesKind,
    name: system,
    action: "images",
    system,
    needs: { checkout, override },
    wants: ({ checkout: { commit }, override: { key } }) => ({ wish: wishOf(commit, key), commit }),
  })

export const imagesKind = reportKind({
  name: "images",
  fields: { commit: "", digest: "" },
  hint: (system) =>
    `mend the build in the project, then: smart0dte release ${system}; or give other build commands in smart0dte.yaml`,
  usually: { create: 240, update: 240 },
  tells: ["digest"],
  before: ["system"],
})
