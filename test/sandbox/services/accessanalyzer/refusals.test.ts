import type * as client from "@aws-sdk/client-accessanalyzer"
import { describe, expect, test } from "vitest"
import { accessanalyzer } from "../../../../src/sandbox/services/accessanalyzer/index.ts"
import { unheeded } from "../heeding.ts"
import { provesRefusals, type Row } from "../refusal-table.ts"
import { type Rig, rigOf } from "../rig.ts"

type Ground = Rig<typeof client>

const api = (operation: string) => `Access Analyzer API reference: ${operation}`
const arn = "arn:aws:access-analyzer:us-east-1:111122223333:analyzer/main"
const main = { analyzerName: "main", type: "ACCOUNT" as const }

const ground = (): Ground => {
  const aws = rigOf<typeof client>(accessanalyzer)
  aws.run("CreateAnalyzer", { ...main, clientToken: "first", tags: { a: "b" } })
  return aws
}

const rows: readonly Row<Ground>[] = [
  ["a second of a name", "ConflictException", api("CreateAnalyzer"), (aws) => aws.refused("CreateAnalyzer", main)],
  [
    "a second of any name",
    "ServiceQuotaExceededException",
    api("CreateAnalyzer"),
    (aws) => aws.refused("CreateAnalyzer", { ...main, analyzerName: "more" }),
  ],
  [
    "one for unused access",
    "NotImplemented",
    "the sandbox's own: not served",
    (aws) => aws.refused("CreateAnalyzer", { ...main, type: "ACCOUNT_UNUSED_ACCESS" }),
  ],
  [
    "none of the name",
    "ResourceNotFoundException",
    api("GetAnalyzer"),
    (aws) => aws.refused("GetAnalyzer", { analyzerName: "x" }),
  ],
  [
    "a tag of AWS's",
    "ValidationException: aws:",
    api("TagResource"),
    (aws) => aws.refused("TagResource", { resourceArn: arn, tags: { "aws:a": "b" } }),
  ],
]

provesRefusals(new URL("../../../../src/sandbox/services/accessanalyzer/", import.meta.url), rows, ground)

describe("an analyzer", () => {
  test("is made once by the same request, and takes a moment", () => {
    const aws = ground()
    expect(aws.run("CreateAnalyzer", { ...main, clientToken: "first" })).toEqual({ arn })
    expect(aws.run("GetAnalyzer", main).analyzer?.status).toBe("CREATING")
    aws.pass(10)
    expect(aws.run("GetAnalyzer", main).analyzer?.status).toBe("ACTIVE")
  })

  const goesThrough: readonly (readonly [Parameters<Ground["run"]>[0], object])[] = [
    ["CreateAnalyzer", { ...main, clientToken: "first" }],
    ["DeleteAnalyzer", { analyzerName: "main" }],
    ["GetAnalyzer", { analyzerName: "main" }],
    ["ListAnalyzers", {}],
    ["TagResource", { resourceArn: arn, tags: { c: "d" } }],
    ["UntagResource", { resourceArn: arn, tagKeys: ["a"] }],
  ]

  test.each(goesThrough)("%s heeds all that a caller can say", (name, input) => {
    const aws = ground()
    if (name === "CreateAnalyzer") aws.run("DeleteAnalyzer", { analyzerName: "main" })
    // One operation's input after another: their types have nothing in common.
    expect(unheeded(accessanalyzer, name, input, (watched) => aws.run(name, watched as never))).toEqual([])
  })

  test("has every operation that is served among them", () => {
    expect(goesThrough.map(([name]) => name).sort()).toEqual(Object.keys(accessanalyzer.handlers).sort())
  })
})
