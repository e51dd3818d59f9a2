import type * as Analyzer from "@aws-sdk/client-accessanalyzer"
import { type Call, handlers, Refusal } from "../../service.ts"
import { pageByName } from "../pages.ts"
import { notServed, refuseUnserved } from "../unserved.ts"
import { type AnalyzerRecord, analyzerOf, analyzers, invalid } from "./records.ts"
import { tagsFrom } from "./tags.ts"

export const analyzerHandlers = handlers<typeof Analyzer>()({
  CreateAnalyzer: (input, call) => {
    refuseUnserved(input, ["archiveRules", "configuration"])
    const { analyzerName: name = "", type, clientToken: token } = input
    // The others are paid for by each thing that they look at, or belong to an organization.
    if (type !== "ACCOUNT") throw notServed(`analyzers of the type ${type}`)
    const there = analyzers(call).get(name)
    if (there && token !== undefined && there.token === token) return { arn: there.arn }
    const arn = `arn:${call.partition}:access-analyzer:${call.region}:${call.account}:analyzer/${name}`
    if (there) {
      const details = { resourceId: name, resourceType: "ANALYZER" }
      throw new Refusal("ConflictException", `The analyzer ${name} already exists`, undefined, details)
    }
    if (analyzers(call).all().length >= call.quota("Analyzers", 1)) {
      const details = { resourceId: name, resourceType: "ANALYZER" }
      const message = "You have reached the maximum number of analyzers of the type ACCOUNT in this Region."
      throw new Refusal("ServiceQuotaExceededException", message, undefined, details)
    }
    analyzers(call).put(name, { name, arn, type, created: call.now, token, Tags: tagsFrom([], input.tags) })
    return { arn }
  },

  GetAnalyzer: (input, call) => ({ analyzer: view(call, analyzerOf(call, input.analyzerName)) }),

  ListAnalyzers: (input, call) => {
    const fits = ({ type }: AnalyzerRecord) => input.type === undefined || type === input.type
    const wish = { size: input.maxResults ?? 100, token: input.nextToken, refuse: () => invalid("Invalid nextToken") }
    const { items, next } = pageByName(analyzers(call).all().filter(fits), ({ name }) => name, wish)
    return { analyzers: items.map((one) => view(call, one)), nextToken: next }
  },

  DeleteAnalyzer: (input, call) => {
    // A second request with the token of the first is the first one again, which nobody can tell apart here.
    const { clientToken: _token, analyzerName } = input
    analyzers(call).delete(analyzerOf(call, analyzerName).name)
    return {}
  },
})

const birth = 5_000

const view = ({ now }: Call, { name, arn, type, created, Tags }: AnalyzerRecord): Analyzer.AnalyzerSummary => ({
  arn,
  name,
  type,
  createdAt: new Date(created),
  status: now - created < birth ? "CREATING" : "ACTIVE",
  tags: Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value])),
})
