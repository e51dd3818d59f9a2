import { UserError } from "../../errors.ts"
import type { NodeSaid } from "./said.ts"
import type { NodeOrder, TradingWorld } from "./world.ts"

/** What came of one order to one node. */
export type Answer = Asked & ({ readonly said: NodeSaid } | { readonly why: string })

interface Asked {
  readonly node: string
  readonly system: string
}

/** All nodes at once, and each of them one order after the other: two systems may share a gateway there. */
export async function tellAll(
  world: TradingWorld,
  nodes: readonly string[],
  orders: readonly NodeOrder[],
  tries = 1,
): Promise<readonly Answer[]> {
  const all = await Promise.all(nodes.map((node) => tellInTurn(world, node, orders, tries)))
  return all.flat()
}

/** Nothing, where all nodes have done it and say what they should. */
export function reasonsOf(answers: readonly Answer[], judge: (said: NodeSaid) => readonly string[]): readonly string[] {
  return answers.flatMap((answer) => {
    const found = "why" in answer ? [answer.why] : [...misplaced(answer, answer.said), ...judge(answer.said)]
    return found.map((why) => `${answer.node}: ${answer.system}: ${why}`)
  })
}

export const saidBy = (answers: readonly Answer[]): readonly NodeSaid[] =>
  answers.flatMap((answer) => ("said" in answer ? [answer.said] : []))

/** In one line. */
export function whyOf(error: unknown): string {
  if (error instanceof UserError) return error.message
  return `a bug: ${error instanceof Error ? error.message : String(error)}`
}

async function tellInTurn(world: TradingWorld, node: string, orders: readonly NodeOrder[], tries: number) {
  const answers: Answer[] = []
  for (const order of orders) answers.push(await tell(world, node, order, tries))
  return answers
}

async function tell(world: TradingWorld, node: string, order: NodeOrder, tries: number): Promise<Answer> {
  const { system } = order
  for (let attempt = 1; ; attempt++) {
    try {
      return { node, system, said: await world.tell(node, order) }
    } catch (error) {
      if (attempt >= tries) return { node, system, why: whyOf(error) }
      await world.pause(attempt)
    }
  }
}

/** An answer of another node, or on another system, proves nothing of this one. */
function misplaced({ node, system }: Asked, said: NodeSaid): readonly string[] {
  if (said.node === node && said.system === system) return []
  return [`its answer is that of ${JSON.stringify(said.node)} on ${JSON.stringify(said.system)}`]
}
