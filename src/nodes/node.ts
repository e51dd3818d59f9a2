import { PutParameterCommand, paginateGetParametersByPath } from "@aws-sdk/client-ssm"
import { parameterArn } from "../aws/allow.ts"
import { alreadyThere } from "../aws/already.ts"
import type { Cloud } from "../aws/cloud.ts"
import { parameterName } from "../aws/names.ts"
import { everyItem } from "../aws/pages.ts"
import { type Need, step } from "../aws/step.ts"
import type { Scope } from "../engine/types.ts"
import type { OnNode } from "./on-node.ts"
import { order } from "./order.ts"
import { reportKind } from "./report.ts"

export interface NodeWish extends OnNode {
  /** Those files, where it fetches them from. */
  readonly stored: Need<object>
}

/** That a node has finished its first start, and has the files that this version of ours brings. */
export const node = ({ scope, instance, release, files, stored }: NodeWish) => {
  const wish = files.sha.slice(0, 16)
  return step({
    kind: nodeKind,
    name: "main",
    scope,
    needs: { instance, release, stored },
    spec: { wish },
    links: ({ instance }) => ({ node: instance.id }),
    // Its first start does it, and says so: later than anything is usually waited for to be seen. Who starts it says
    // that it is expected, unless it has spoken already.
    async create(ctx, { instance, release: { version } }) {
      // A node that has spoken does not start for the first time again: it is told to say so anew.
      if (await hasSpoken(ctx, scope, instance.id))
        await order(ctx, { scope, instance: instance.id, version, files: files.sha, action: "files", wish })
      const expected = { wish, phase: "pending", node: instance.id, at: new Date(ctx.clock.now()).toISOString() }
      const Name = parameterName(scope, "state", "node", "main")
      await alreadyThere(
        ctx.ssm.send(new PutParameterCommand({ Name, Type: "String", Value: JSON.stringify(expected) })),
      )
    },
    async update(ctx, _, changes, { instance, release: { version } }) {
      // Another instance starts by itself.
      if (changes.some(({ field }) => field === "node")) return
      await order(ctx, { scope, instance: instance.id, version, files: files.sha, action: "files", wish })
    },
  })
}

/** All else that it says comes after its first start. */
async function hasSpoken(ctx: Cloud, scope: Scope, instance: string): Promise<boolean> {
  const Path = parameterName(scope, "state")
  const pages = paginateGetParametersByPath({ client: ctx.ssm }, { Path, Recursive: true })
  const said = await everyItem(pages, (page) => page.Parameters)
  const own = parameterName(scope, "state", "node", "main")
  return said.some(({ Name, Value = "" }) => Name !== own && Value.includes(`"${instance}"`))
}

export const nodeKind = reportKind({
  name: "node",
  fields: {},
  hint: () => "look at /var/log/cloud-init-output.log with: smart0dte shell; mend it, and run the same command again",
  usually: { create: 150, update: 20 },
  allow: [
    { action: "ssm:PutParameter", resource: parameterArn("state/node/*") },
    { action: "ssm:GetParametersByPath", resource: parameterArn("state*") },
  ],
})
