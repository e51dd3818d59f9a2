import { DescribeInstancesCommand } from "@aws-sdk/client-ec2"
import { DeleteParameterCommand } from "@aws-sdk/client-ssm"
import { onAnything, parameterArn } from "../aws/allow.ts"
import { alreadyGone } from "../aws/already.ts"
import type { Cloud } from "../aws/cloud.ts"
import { parameterName } from "../aws/names.ts"
import { commandResult } from "../aws/ssm/command-result.ts"
import type { Need } from "../aws/step.ts"
import type { Scope } from "../engine/types.ts"
import { NotYet, UserError } from "../errors.ts"
import { type OnNode, onNode } from "./on-node.ts"
import { order, wishOf } from "./order.ts"
import { type Report, reportKind } from "./report.ts"

type Lines = Readonly<Record<string, string>>

export interface SystemWish extends OnNode {
  readonly system: string
  readonly checkout: Need<{ readonly commit: string }>
  readonly override: Need<{ readonly key: string }>
  readonly images: Need<{ readonly digest: string }>
  readonly setting: Need<{ readonly lines: Lines }>
  /** Where database and cache are, and on which volume the time series. */
  readonly places: readonly Need<{ readonly lines: Lines }>[]
  /** What must be there before it starts: its database, the time series, its users of the cache. */
  readonly after: readonly Need<object>[]
}

/** A system that runs, and whose services all answered that they are well. */
export const system = ({ system: name, checkout, override, images, setting, places, after, ...on }: SystemWish) =>
  onNode({
    on,
    kind: systemKind,
    name,
    action: "system",
    system: name,
    needs: { checkout, override, images, setting, places, after },
    wants: ({ checkout: { commit }, override: { key }, images: { digest }, setting, places }) => ({
      wish: wishOf(setting.lines, ...places.map(({ lines }) => lines), commit, key, digest),
      commit,
      override: key,
      digest,
    }),
  })

export const systemKind = reportKind({
  name: "system",
  fields: { commit: "", override: "", digest: "", health: "" },
  hint: (name) => `see more with: smart0dte logs ${name}; mend it, and run the same command again`,
  usually: { create: 60, update: 60 },
  remove,
  allow: [
    onAnything("ec2:DescribeInstances", "ssm:GetCommandInvocation"),
    { action: "ssm:DeleteParameter", resource: parameterArn("state/health/*") },
  ],
})

/** Takes its containers, images and files off a node that stays. */
async function remove(ctx: Cloud, { scope, report, node }: Report): Promise<void> {
  const name = report.slice("system/".length)
  const told = { scope, instance: node, version: "$DEFAULT", action: "remove", system: name } as const
  try {
    const sent = await order(ctx, { ...told, wish: wishOf("remove", name) })
    const end = await commandResult(ctx, sent, { stop: new AbortController().signal, atMost: 600_000 })
    if (end.succeeded) return forgetHealth(ctx, scope, name)
    throw new UserError(`${name} could not be taken off ${node}: ${end.errors.trim() || end.status}`, {
      hint: "run the same command again; smart0dte shell leads to the node",
    })
  } catch (error) {
    // A node that is gone has nothing of it any more.
    if (!(error instanceof NotYet) || (await isThere(ctx, node))) throw error
  }
}

/** What its node's watch said of it last. */
async function forgetHealth(ctx: Cloud, scope: Scope, name: string): Promise<void> {
  await alreadyGone(ctx.ssm.send(new DeleteParameterCommand({ Name: parameterName(scope, "state", "health", name) })))
}

async function isThere(ctx: Cloud, instance: string): Promise<boolean> {
  const Filters = [{ Name: "instance-id", Values: [instance] }]
  const { Reservations: [found] = [] } = await ctx.ec2.send(new DescribeInstancesCommand({ Filters }))
  const state = found?.Instances?.[0]?.State?.Name
  return state !== undefined && state !== "terminated" && state !== "shutting-down"
}
