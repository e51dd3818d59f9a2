import { GetParameterCommand } from "@aws-sdk/client-ssm"
import type { Cloud } from "../../aws/cloud.ts"
import { inReality } from "../../aws/in-time.ts"
import { parameterName } from "../../aws/names.ts"
import type { Patience } from "../../aws/ssm/command-result.ts"
import type { Scope } from "../../engine/types.ts"
import { UserError } from "../../errors.ts"
import { notHalted } from "./judge-paper.ts"
import { type NodeSaid, saidOf } from "./said.ts"
import { NodeFailed } from "./tell.ts"

export interface Halting {
  readonly scope: Scope
  readonly node: string
  readonly system: string
  /** Sends the command, and waits for what the node answers to it. */
  ask(patience: Patience): Promise<NodeSaid>
  /** When the marker was set, by AWS's clock; nothing where nobody sets it. Asked a moment later. */
  marked(): Promise<number> | undefined
  /** In so many milliseconds it must be heard of. */
  readonly heardOf: number
  /** It is at it, and takes longer than that. */
  slow(): void
  readonly stop: AbortSignal
}

/**
 * Two ways lead to a node, and one is enough: it answers to the command, or reports after it has found the marker. It
 * has little time to be heard of, and more once it is known to be at it.
 */
export async function haltNode(ctx: Cloud, halting: Halting): Promise<NodeSaid> {
  const done = new AbortController()
  const stop = AbortSignal.any([halting.stop, done.signal])
  const atMost = inReality(ctx.clock, longest)
  const late = ctx.clock.sleep(halting.heardOf, stop).then(() => undefined)
  const far = ctx.clock.sleep(atMost, stop).then(() => undefined)
  let atIt = false
  const taken = () => {
    atIt = true
  }
  const answer = settled(halting.ask({ stop, atMost, every: often, taken }))
  const report = reported(ctx, halting, stop)
  try {
    const soonest = await Promise.race([answer, report, late])
    if (!soonest && atIt) halting.slow()
    const first = soonest ?? (atIt ? await Promise.race([answer, report, far]) : undefined)
    if (first && "said" in first) return first.said
    // It has tried, and says itself that it could not.
    if (first?.error instanceof NodeFailed) throw first.error
    // The command did not get there. The marker may have.
    const second = await Promise.race([report, late])
    if (second) return second.said
    throw first?.error ?? new UserError("it has not answered")
  } finally {
    done.abort()
  }
}

/** In milliseconds: a system's own way to halt may take ten seconds, and so may the engine. */
const longest = 30_000
const often = 300

type Answer = { readonly said: NodeSaid } | { readonly error: unknown }

const settled = (asked: Promise<NodeSaid>): Promise<Answer> =>
  asked.then(
    (said) => ({ said }),
    (error: unknown) => ({ error }),
  )

/** That nothing trades there any more, said later than the marker was set. */
async function reported(ctx: Cloud, halting: Halting, stop: AbortSignal): Promise<{ readonly said: NodeSaid }> {
  const { scope, node, system } = halting
  await ctx.clock.sleep(often, stop)
  const since = await halting.marked()?.catch(() => undefined)
  const Name = parameterName(scope, "state", "trading", system)
  while (since !== undefined && !stop.aborted) {
    const found = await ctx.ssm.send(new GetParameterCommand({ Name })).catch(() => undefined)
    const { Value = "", LastModifiedDate } = found?.Parameter ?? {}
    const said = saidOf(Value)
    // S3 tells its time in whole seconds.
    const later = (LastModifiedDate?.getTime() ?? 0) >= since - 1_000
    const halted = said !== undefined && notHalted(said).length === 0
    if (halted && said.node === node && said.system === system && later) return { said }
    await ctx.clock.sleep(often * 2, stop)
  }
  return new Promise<never>(() => {})
}
