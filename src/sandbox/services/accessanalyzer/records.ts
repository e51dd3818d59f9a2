import type { Type } from "@aws-sdk/client-accessanalyzer"
import { type Call, Refusal } from "../../service.ts"
import type { Table } from "../../store.ts"
import { regional } from "../regional.ts"
import type { Tag } from "../tags.ts"

export interface AnalyzerRecord {
  readonly name: string
  readonly arn: string
  readonly type: Type
  readonly created: number
  /** Of the request that made it: the same request once more makes no second one. */
  readonly token: string | undefined
  readonly Tags: readonly Tag[]
}

export const analyzers = (call: Call): Table<AnalyzerRecord> => regional(call, "accessanalyzer/analyzer")

export const analyzerOf = (call: Call, name: string | undefined): AnalyzerRecord =>
  analyzers(call).get(name ?? "") ?? missing(name ?? "")

export const analyzerByArn = (call: Call, arn: string | undefined): AnalyzerRecord =>
  analyzers(call)
    .all()
    .find((one) => one.arn === arn) ?? missing(arn ?? "")

export const invalid = (message: string): Refusal => new Refusal("ValidationException", message)

const missing = (resourceId: string): never => {
  const details = { resourceId, resourceType: "ANALYZER" }
  throw new Refusal("ResourceNotFoundException", `The analyzer ${resourceId} does not exist`, undefined, details)
}
