import type { ParameterStringFilter } from "@aws-sdk/client-ssm"
import { provesRefusals, type Row } from "../refusal-table.ts"
import { type Ground, ground } from "./ground.ts"

const api = (operation: string): string => `Systems Manager API reference: ${operation}`
const names = "Systems Manager user guide: parameter names"
const seen = "message reported by users of AWS"
const moto = "moto's Parameter Store"
const ours = "the sandbox's own: not served"

type Put = Parameters<typeof put>[1]
const put = (aws: Ground, more: Partial<Parameters<typeof aws.run<"PutParameter">>[1]> = {}): string =>
  aws.refused("PutParameter", { Name: "/new", Type: "String", Value: "x", ...more })

const putting =
  (more: Put) =>
  (aws: Ground): string =>
    put(aws, more)

const overwriting = (more: Put) => putting({ Name: "/app/name", Type: undefined, Overwrite: true, ...more })

const described =
  (...ParameterFilters: ParameterStringFilter[]) =>
  (aws: Ground): string =>
    aws.refused("DescribeParameters", { ParameterFilters })

const nameRows: readonly Row<Ground>[] = [
  [
    "a name of AWS's own",
    "AccessDeniedException: No access to reserved parameter name: /aws/x.",
    seen,
    putting({ Name: "/aws/x" }),
  ],
  ["the same in capitals, without a path", "AccessDeniedException: AWSx", names, putting({ Name: "AWSx" })],
  [
    "a name of the service's own",
    'ValidationException: can\'t be prefixed with "ssm"',
    names,
    putting({ Name: "/SSM/x" }),
  ],
  ["a path without its first slash", "ValidationException: If formed as a path", names, putting({ Name: "app/name" })],
  ["a level without a name", "ValidationException: sub-paths divided by slash", names, putting({ Name: "/app//name" })],
  ["a path without a name", "ValidationException: sub-paths divided by slash", names, putting({ Name: "/app/" })],
  [
    "a space",
    "ValidationException: letters, numbers and the following 3 symbols .-_",
    names,
    putting({ Name: "/a b" }),
  ],
  [
    "a sixteenth level",
    "HierarchyLevelLimitExceededException: at most 15 levels",
    names,
    putting({ Name: "/a".repeat(16) }),
  ],
  [
    "to read what is no name",
    "ValidationException: If formed as a path",
    seen,
    (aws) => aws.refused("GetParameter", { Name: "app/name" }),
  ],
  [
    "a path that is none",
    "ValidationException: must begin with a forward slash",
    seen,
    (aws) => aws.refused("GetParametersByPath", { Path: "app" }),
  ],
  [
    "no name",
    "ValidationException: Value null at 'name'",
    api("GetParameter"),
    (aws) => aws.refused("GetParameter", { Name: undefined }),
  ],
]

const valueRows: readonly Row<Ground>[] = [
  ["no type", "ValidationException: A parameter type is required", moto, putting({ Type: undefined })],
  [
    "another type",
    "HierarchyTypeMismatchException: /app/name is a String",
    api("PutParameter"),
    overwriting({ Type: "SecureString" }),
  ],
  [
    "no value",
    "ValidationException: Member must have length greater than or equal to 1.",
    moto,
    putting({ Value: "" }),
  ],
  [
    "another parameter within the value",
    "ValidationException: can't nest another parameter",
    api("PutParameter"),
    putting({ Value: "a {{ssm:b}}" }),
  ],
  [
    "braces over several lines",
    "ValidationException: can't nest another parameter",
    seen,
    putting({ Value: "{{\n}}" }),
  ],
  [
    "more than 4 KB",
    "ValidationException: Standard tier parameters support a maximum parameter value of 4096",
    seen,
    putting({ Value: "é".repeat(2049) }),
  ],
  [
    "more than 8 KB",
    "ValidationException: 8192",
    api("PutParameter"),
    putting({ Value: "x".repeat(8193), Tier: "Intelligent-Tiering" }),
  ],
  [
    "a value against its pattern",
    "ParameterPatternMismatchException: cannot be validated against allowedPattern: ^\\d+$",
    "Systems Manager user guide: working with parameters",
    putting({ AllowedPattern: "^\\d+$" }),
  ],
  [
    "a later value against it",
    "ParameterPatternMismatchException: ^\\d+$",
    moto,
    (aws) => {
      aws.run("PutParameter", { Name: "/new", Type: "String", Value: "1", AllowedPattern: "^\\d+$" })
      return put(aws, { Overwrite: true })
    },
  ],
  [
    "a pattern that is none",
    "InvalidAllowedPatternException: (",
    api("PutParameter"),
    putting({ AllowedPattern: "(" }),
  ],
  [
    "a data type that isn't",
    "ValidationException: data type is not supported: Text",
    moto,
    putting({ DataType: "Text" }),
  ],
  [
    "a data type that wants a check",
    "NotImplemented: the data type aws:ec2:image",
    ours,
    putting({ DataType: "aws:ec2:image" }),
  ],
  ["policies", "NotImplemented: Policies", ours, putting({ Policies: "[]" })],
  [
    "a key for a plain text",
    "ValidationException: KeyId is required for SecureString",
    seen,
    putting({ KeyId: "alias/mine" }),
  ],
  [
    "to become standard again",
    "ValidationException: You can't downgrade a parameter from the advanced-parameter tier",
    seen,
    putting({ Name: "plain", Type: "StringList", Overwrite: true, Tier: "Standard" }),
  ],
]

const existenceRows: readonly Row<Ground>[] = [
  ["a name twice", "ParameterAlreadyExists: set the overwrite option", moto, putting({ Name: "/app/name" })],
  [
    "tags while overwriting",
    "ValidationException: tags and overwrite can't be used together",
    moto,
    overwriting({ Tags: [{ Key: "a", Value: "b" }] }),
  ],
  [
    "more parameters than a region has",
    "ParameterLimitExceeded: 3",
    api("PutParameter"),
    (aws) => {
      aws.quotas.set("Parameters", 3)
      return put(aws)
    },
  ],
  [
    "what isn't there",
    "ParameterNotFound: Parameter /gone not found.",
    api("GetParameter"),
    (aws) => aws.refused("GetParameter", { Name: "/gone" }),
  ],
  [
    "to delete what isn't there",
    "ParameterNotFound: /gone",
    api("DeleteParameter"),
    (aws) => aws.refused("DeleteParameter", { Name: "/gone" }),
  ],
  [
    "another account's",
    "ParameterNotFound",
    api("GetParameter"),
    (aws) => aws.refused("GetParameter", { Name: "arn:aws:ssm:us-east-1:999999999999:parameter/app/name" }),
  ],
  [
    "a version that isn't",
    "ParameterVersionNotFound: Systems Manager could not find version 2 of /app/name.",
    moto,
    (aws) => aws.refused("GetParameter", { Name: "/app/name:2" }),
  ],
  [
    "a label that isn't",
    "ParameterVersionNotFound: version live of",
    api("GetParameter"),
    (aws) => aws.refused("GetParameter", { Name: "/app/name:live" }),
  ],
  [
    "a former version",
    "NotImplemented: former versions of a parameter are not kept",
    ours,
    (aws) => {
      put(aws, { Name: "/app/name", Overwrite: true })
      return aws.refused("GetParameter", { Name: "/app/name:1" })
    },
  ],
]

const filterRows: readonly Row<Ground>[] = [
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

const tagRows: readonly Row<Ground>[] = [
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
    "NotImplemented: tags of the resource type Document",
    ours,
    (aws) => aws.refused("ListTagsForResource", { ResourceType: "Document", ResourceId: "x" }),
  ],
]

provesRefusals(
  new URL("../../../../src/sandbox/services/ssm/", import.meta.url),
  [...nameRows, ...valueRows, ...existenceRows, ...filterRows, ...tagRows],
  ground,
)
