import type * as client from "@aws-sdk/client-cost-explorer"
import { expect, it } from "vitest"
import { costExplorer } from "../../../../src/sandbox/services/ce/index.ts"
import { provesRefusals, type Row } from "../refusal-table.ts"
import { type Rig, rigOf } from "../rig.ts"

type Ground = Rig<typeof client>

/** A bucket with a tag, made now. */
const ground = (): Ground => {
  const aws = rigOf<typeof client>(costExplorer)
  const CreationDate = Date.UTC(2026, 10, 21)
  aws.put("s3/bucket", "a", { Name: "a", CreationDate, Tags: [{ Key: "team", Value: "x" }] })
  return aws
}

const rows: readonly Row<Ground>[] = [
  [
    "a token that no page gave",
    "InvalidNextTokenException",
    "Cost Explorer API reference: ListCostAllocationTags",
    (aws) => aws.refused("ListCostAllocationTags", { NextToken: "x" }),
  ],
  [
    "a look from an account that somebody else pays for",
    "AccessDeniedException: Failed to list Cost Allocation Tags: Linked account",
    "Terraform's AWS provider: issue 37636",
    (aws) => {
      aws.faults.add("linked-account")
      return aws.refused("ListCostAllocationTags", {})
    },
  ],
  [
    "a change from there",
    "AccessDeniedException: Failed to update Cost Allocation Tag: Linked account",
    "what users of Terraform report of UpdateCostAllocationTagsStatus",
    (aws) => {
      aws.faults.add("linked-account")
      return aws.refused("UpdateCostAllocationTagsStatus", {
        CostAllocationTagsStatus: [{ TagKey: "team", Status: "Active" }],
      })
    },
  ],
]

provesRefusals(new URL("../../../../src/sandbox/services/ce/", import.meta.url), rows, ground)

const activate = (aws: Ground) =>
  aws.run("UpdateCostAllocationTagsStatus", { CostAllocationTagsStatus: [{ TagKey: "team", Status: "Active" }] })

it("does not know a tag before a day has passed, and says so in an answer that is no error", () => {
  const aws = ground()
  expect(aws.run("ListCostAllocationTags", {}).CostAllocationTags).toEqual([])
  expect(activate(aws).Errors).toMatchObject([{ TagKey: "team" }])
})

it("splits the bill by a tag that it has seen", () => {
  const aws = ground()
  aws.pass(86_400)
  const seen = () => aws.run("ListCostAllocationTags", { TagKeys: ["team"] }).CostAllocationTags
  expect(seen()).toMatchObject([{ TagKey: "team", Status: "Inactive" }])
  expect(activate(aws).Errors).toEqual([])
  expect(seen()).toMatchObject([{ TagKey: "team", Status: "Active" }])
})
