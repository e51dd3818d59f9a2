import {
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  PutRetentionPolicyCommand,
  paginateDescribeLogGroups,
} from "@aws-sdk/client-cloudwatch-logs"
import { logGroupArn, onAnything } from "../aws/allow.ts"
import { parameterName } from "../aws/names.ts"
import { everyItem } from "../aws/pages.ts"
import { type CloudKind, step } from "../aws/step.ts"
import { birthTags } from "../aws/tags.ts"
import type { Scope } from "../engine/types.ts"

/** Where the lines go that one system's containers write. */
export interface LogGroup {
  readonly logGroup: string
  /** After so many days a line is deleted; 0 keeps all for ever. */
  readonly retention: number
}

export interface LogGroupWish {
  readonly scope: Scope
  readonly name: string
  readonly retention: number
}

export const logGroup = ({ scope, name, retention }: LogGroupWish) => {
  const logGroupName = parameterName(scope, name)
  return step({
    kind: logGroupKind,
    name,
    scope,
    needs: {},
    spec: { logGroup: logGroupName, retention },
    async create(ctx, _, birth) {
      const tags = Object.fromEntries(birthTags(birth).map(({ Key, Value }) => [Key, Value]))
      await ctx.logs.send(new CreateLogGroupCommand({ logGroupName, tags }))
    },
    async update(ctx) {
      await ctx.logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: retention }))
    },
  })
}

export const logGroupKind: CloudKind<LogGroup> = {
  name: "log-group",
  unique: "name",
  async list(ctx, scopes) {
    const pages = paginateDescribeLogGroups({ client: ctx.logs }, { logGroupNamePrefix: "/smart0dte/" })
    const groups = await everyItem(pages, (page) => page.logGroups)
    return groups.flatMap(({ logGroupName = "", retentionInDays: retention = 0 }) => {
      const scope = scopes.find((one) => logGroupName.startsWith(parameterName(one, "")))
      if (scope === undefined) return []
      const name = logGroupName.slice(parameterName(scope, "").length)
      return [{ scope, name, live: { logGroup: logGroupName, retention }, owner: "ours", phase: "ready" } as const]
    })
  },
  async destroy(ctx, { logGroup: logGroupName }) {
    await ctx.logs.send(new DeleteLogGroupCommand({ logGroupName }))
    return undefined
  },
  // A container that still runs would make none anew, and yet lose its last lines; so would a trail.
  before: ["instance", "trail"],
  fixed: ["logGroup"],
  blank: { logGroup: "", retention: 0 },
  allow: [
    onAnything("logs:DescribeLogGroups"),
    {
      action: ["logs:CreateLogGroup", "logs:TagResource", "logs:PutRetentionPolicy", "logs:DeleteLogGroup"],
      resource: logGroupArn,
    },
  ],
  usually: { create: 2, update: 1, destroy: 1 },
}
