import type { ParameterStringFilter } from "@aws-sdk/client-ssm"
import type { Ground } from "../ground.ts"
import { api, moto, ours, type SsmRow } from "./case.ts"

const described =
  (...ParameterFilters: ParameterStringFilter[]) =>
  (aws: Ground): string =>
    aws.refused("DescribeParameters", { ParameterFilters })

export const filterRows: readonly SsmRow[] = [
  [
    "a filter for labels",
    "InvalidFilterKey: not valid: Label",
    api("DescribeParameters"),
    described({ Key: "Label", Values: ["a"] }),
  ],
  [
    "a filter for names below a path",
    "InvalidFilterKey: Valid filter keys include: [Type, KeyId].",
    api("GetParametersByPath"),
    (aws) => aws.refused("GetParametersByPath", { Path: "/", ParameterFilters: [{ Key: "Name", Values: ["a"] }] }),
  ],
  [
    "one filter twice",
    "InvalidFilterKey: duplicated in the request: Name",
    moto,
    described({ Key: "Name", Values: ["a"] }, { Key: "Name", Values: ["b"] }),
  ],
  ["a filter for nothing", "InvalidFilterValue: filter key Type", moto, described({ Key: "Type", Values: [] })],
  [
    "types that contain",
    "InvalidFilterOption: not valid: Contains",
    moto,
    described({ Key: "Type", Option: "Contains", Values: ["a"] }),
  ],
  [
    "paths that are equal",
    "InvalidFilterOption: [OneLevel, Recursive]",
    moto,
    described({ Key: "Path", Option: "Equals", Values: ["/a"] }),
  ],
  [
    "a type that isn't",
    "InvalidFilterOption: The following filter value is not valid: Text",
    moto,
    described({ Key: "Type", Values: ["Text"] }),
  ],
  [
    "a tier that isn't",
    "InvalidFilterOption: Valid values include: [Standard,",
    moto,
    described({ Key: "Tier", Values: ["Gold"] }),
  ],
  [
    "a filter's path that is none",
    "ValidationException: must begin with a forward slash",
    moto,
    described({ Key: "Path", Values: ["a"] }),
  ],
  [
    "filters of the old kind",
    "NotImplemented: Filters",
    ours,
    (aws) => aws.refused("DescribeParameters", { Filters: [{ Key: "Name", Values: ["a"] }] }),
  ],
  ["what others share", "NotImplemented: Shared", ours, (aws) => aws.refused("DescribeParameters", { Shared: true })],
  [
    "a token that was never given",
    "InvalidNextToken: ?",
    api("GetParametersByPath"),
    (aws) => aws.refused("GetParametersByPath", { Path: "/", NextToken: "?" }),
  ],
]

const tagging = (aws: Ground, ResourceId: string, Key = "a"): string =>
  aws.refused("AddTagsToResource", { ResourceType: "Parameter", ResourceId, Tags: [{ Key, Value: "" }] })

export const tagRows: readonly SsmRow[] = [
  ["tags on what isn't there", "InvalidResourceId: /gone", api("AddTagsToResource"), (aws) => tagging(aws, "/gone")],
  [
    "a tag of AWS's own",
    "ValidationException: aws:x",
    api("AddTagsToResource"),
    (aws) => tagging(aws, "/app/name", "aws:x"),
  ],
  [
    "the 51st tag",
    "TooManyTagsError: at most 50",
    api("AddTagsToResource"),
    (aws) => {
      for (let i = 0; i < 49; i += 1) tagging(aws, "/app/name", `k${i}`)
      return tagging(aws, "/app/name")
    },
  ],
  [
    "tags of another kind of thing",
    "NotImplemented: tags of the resource type Association",
    ours,
    (aws) => aws.refused("ListTagsForResource", { ResourceType: "Association", ResourceId: "x" }),
  ],
]
