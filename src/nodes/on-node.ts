import type { Cloud } from "../aws/cloud.ts"
import type { InstanceId } from "../aws/ids.ts"
import { type CloudKind, type Need, step } from "../aws/step.ts"
import type { Birth, Lives, Needs, Scope } from "../engine/types.ts"
import type { NodeFiles } from "./files.ts"
import { type Action, order } from "./order.ts"
import type { Report } from "./report.ts"

/** A node, and the document by which it is told what to do. */
export interface OnNode {
  readonly scope: Scope
  readonly instance: Need<{ readonly id: InstanceId }>
  readonly release: Need<{ readonly version: string }>
  readonly files: NodeFiles
}

interface NodeStep<Live extends Report, N extends Needs> {
  readonly on: OnNode
  readonly kind: CloudKind<Live>
  readonly name: string
  readonly action: Action
  readonly system?: string
  /** Besides the node itself. */
  readonly needs: N
  /** What the node is to report when it is done, the wish among it. */
  readonly wants: (lives: Lives<N>) => Partial<Live> & Pick<Report, "wish">
}

/** A thing that a node makes: told by the same words whether it is made, changed, or taken up again. */
export const onNode = <Live extends Report, N extends Needs>(wish: NodeStep<Live, N>) => {
  const { on, kind, name, needs, wants } = wish
  const { scope, instance, release } = on
  return step({
    kind,
    name,
    scope,
    needs: { ...needs, instance, release },
    spec: {},
    links: (lives) => {
      const { theirs, node } = partsOf<N>(lives)
      // A kind's own fields, and two that every report has.
      return { ...wants(theirs), node: node.instance.id } as Partial<Live>
    },
    async create(ctx, lives, birth) {
      await tell(ctx, wish, lives, birth)
    },
    async update(ctx, _live, _changes, lives) {
      await tell(ctx, wish, lives)
    },
  })
}

async function tell<Live extends Report, N extends Needs>(
  ctx: Cloud,
  { on: { scope, files }, action, system, wants }: NodeStep<Live, N>,
  lives: object,
  birth?: Birth,
): Promise<void> {
  const { theirs, node } = partsOf<N>(lives)
  await order(ctx, {
    scope,
    instance: node.instance.id,
    version: node.release.version,
    files: files.sha,
    action,
    system,
    wish: wants(theirs).wish,
    // Another attempt to make this very thing is the same run to the node.
    ...(birth && { run: birth.token.slice(0, 32) }),
  })
}

/** The same object, seen as the step's own needs and as those of every thing on a node: it was made of both. */
const partsOf = <N extends Needs>(lives: object) => ({
  theirs: lives as Lives<N>,
  node: lives as Lives<Pick<OnNode, "instance" | "release">>,
})
