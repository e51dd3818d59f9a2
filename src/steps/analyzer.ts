import {
  type AnalyzerSummary,
  CreateAnalyzerCommand,
  DeleteAnalyzerCommand,
  paginateListAnalyzers,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-accessanalyzer"
import { arn as arnOf, onAnything, serviceLinked } from "../aws/allow.ts"
import type { Cloud } from "../aws/cloud.ts"
import { listed } from "../aws/listed.ts"
import { nameFor } from "../aws/names.ts"
import { everyItem } from "../aws/pages.ts"
import { type CloudKind, step } from "../aws/step.ts"
import { adoptionTags, birthTags, tagKeys, tagMap, tagsOfMap } from "../aws/tags.ts"
import type { Phase, Scope } from "../engine/types.ts"

/** What looks for things of the account that others can reach. */
export interface Analyzer {
  readonly arn: string
  readonly analyzerName: string
  readonly type: string
}

export interface AnalyzerWish {
  readonly scope: Scope
  readonly name: string
}

export const analyzer = ({ scope, name }: AnalyzerWish) =>
  step({
    kind: analyzerKind,
    name,
    scope,
    needs: {},
    spec: { type: "ACCOUNT" },
    /** AWS lets a region have one only, whatever its name. */
    async occupant(ctx) {
      const [other] = await analyzersOf(ctx)
      return other && liveOf(other)
    },
    async create(ctx, _, birth) {
      const analyzerName = nameFor(scope, name)
      const tags = tagMap(birthTags(birth))
      await ctx.accessAnalyzer.send(
        new CreateAnalyzerCommand({ analyzerName, type: "ACCOUNT", tags, clientToken: birth.token }),
      )
    },
    async adopt(ctx, { arn: resourceArn }, birth) {
      await ctx.accessAnalyzer.send(new TagResourceCommand({ resourceArn, tags: tagMap(adoptionTags(birth)) }))
    },
  })

export const analyzerKind: CloudKind<Analyzer> = {
  name: "analyzer",
  unique: "name",
  async list(ctx) {
    const tagged = (await analyzersOf(ctx)).map((one) => ({ ...one, Tags: tagsOfMap(one.tags) }))
    return listed("analyzer", tagged, (one) => ({ live: liveOf(one), phase: phaseOf(one) }))
  },
  async destroy(ctx, { analyzerName }) {
    await ctx.accessAnalyzer.send(new DeleteAnalyzerCommand({ analyzerName }))
    return undefined
  },
  async release(ctx, { arn: resourceArn }) {
    await ctx.accessAnalyzer.send(new UntagResourceCommand({ resourceArn, tagKeys: Object.values(tagKeys) }))
  },
  fixed: ["type"],
  blank: { arn: "", analyzerName: "", type: "" },
  allow: [
    onAnything("access-analyzer:ListAnalyzers"),
    {
      action: ["access-analyzer:TagResource", "access-analyzer:UntagResource"],
      // One that is adopted has a name of its own, and is never deleted.
      resource: arnOf("access-analyzer", "analyzer/*"),
    },
    {
      action: ["access-analyzer:CreateAnalyzer", "access-analyzer:DeleteAnalyzer"],
      // biome-ignore lint/suspicious/noTemplateCurlyInString: filled in where a policy is written
      resource: arnOf("access-analyzer", "analyzer/smart0dte-${scope}-*"),
    },
    serviceLinked("access-analyzer.amazonaws.com"),
  ],
  usually: { create: 10, destroy: 3 },
}

const analyzersOf = (ctx: Cloud): Promise<readonly AnalyzerSummary[]> =>
  everyItem(paginateListAnalyzers({ client: ctx.accessAnalyzer }, { type: "ACCOUNT" }), (page) => page.analyzers)

const phaseOf = ({ status, statusReason }: AnalyzerSummary): Phase => {
  if (status === "CREATING") return "pending"
  return status === "ACTIVE" ? "ready" : { failed: statusReason?.code ?? `it is ${status}` }
}

const liveOf = ({ arn = "", name = "", type }: AnalyzerSummary): Analyzer => ({
  arn,
  analyzerName: name,
  type: type ?? "",
})
