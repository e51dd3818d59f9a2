import type { ParameterStringFilter } from "@aws-sdk/client-ssm"
import { describe, expect, test } from "vitest"
import { type Ground, ground } from "./ground.ts"

const below = (aws: Ground, Path: string, more: object = {}) =>
  aws.run("GetParametersByPath", { Path, ...more }).Parameters?.map(({ Name }) => Name)

const many = (aws: Ground, count: number): void => {
  for (let i = 0; i < count; i += 1) {
    aws.run("PutParameter", { Name: `/many/${String(i).padStart(2, "0")}`, Type: "String", Value: "x" })
  }
}

describe("below a path", () => {
  test("is what is one level down, or at any depth", () => {
    const aws = ground()
    expect(below(aws, "/app")).toEqual(["/app/name"])
    expect(below(aws, "/app/")).toEqual(["/app/name"])
    expect(below(aws, "/app", { Recursive: true })).toEqual(["/app/db/password", "/app/name"])
    expect(below(aws, "/ap")).toEqual([])
    expect(below(aws, "/app/name")).toEqual([])
    expect(below(aws, "/", { Recursive: true })).toContain("/app/name")
  })

  test("comes ten at a time, and a token leads on past what has changed meanwhile", () => {
    const aws = ground()
    many(aws, 21)
    const first = aws.run("GetParametersByPath", { Path: "/many" })
    expect(first.Parameters).toHaveLength(10)
    aws.run("DeleteParameter", { Name: "/many/09" })
    aws.run("DeleteParameter", { Name: "/many/03" })
    const second = aws.run("GetParametersByPath", { Path: "/many", NextToken: first.NextToken })
    expect(second.Parameters?.map(({ Name }) => Name?.slice(-2))).toEqual([
      "10",
      "11",
      "12",
      "13",
      "14",
      "15",
      "16",
      "17",
      "18",
      "19",
    ])
    const third = aws.run("GetParametersByPath", { Path: "/many", NextToken: second.NextToken })
    expect(third).toMatchObject({ Parameters: [{ Name: "/many/20" }] })
    expect(third).not.toHaveProperty("NextToken")
  })

  test("a full last page leads nowhere", () => {
    const aws = ground()
    many(aws, 3)
    expect(aws.run("GetParametersByPath", { Path: "/many", MaxResults: 3 })).not.toHaveProperty("NextToken")
    expect(aws.run("GetParametersByPath", { Path: "/many", MaxResults: 2 })).toHaveProperty("NextToken")
  })

  test("can be narrowed to a type", () => {
    const ParameterFilters = [{ Key: "Type", Values: ["SecureString"] }]
    expect(below(ground(), "/app", { Recursive: true, ParameterFilters })).toEqual(["/app/db/password"])
  })
})

test("descriptions come fifty at a time", () => {
  const aws = ground()
  many(aws, 48)
  const { NextToken, Parameters } = aws.run("DescribeParameters", {})
  expect(Parameters).toHaveLength(50)
  expect(aws.run("DescribeParameters", { NextToken }).Parameters).toMatchObject([{ Name: "plain" }])
})

test.each<[string, ParameterStringFilter, readonly string[]]>([
  ["a name", { Key: "Name", Values: ["plain", "/gone"] }, ["plain"]],
  ["how a name begins", { Key: "Name", Option: "BeginsWith", Values: ["/app/d"] }, ["/app/db/password"]],
  ["what a name contains", { Key: "Name", Option: "Contains", Values: ["name"] }, ["/app/name"]],
  ["a path", { Key: "Path", Values: ["/app"] }, ["/app/name"]],
  ["a path, deep", { Key: "Path", Option: "Recursive", Values: ["/app"] }, ["/app/db/password", "/app/name"]],
  ["a type", { Key: "Type", Option: "Equals", Values: ["String", "StringList"] }, ["/app/name", "plain"]],
  ["a key", { Key: "KeyId", Values: ["alias/aws/ssm"] }, ["/app/db/password"]],
  ["a tier", { Key: "Tier", Values: ["Advanced"] }, ["plain"]],
  [
    "a data type",
    { Key: "DataType", Option: "BeginsWith", Values: ["te"] },
    ["/app/db/password", "/app/name", "plain"],
  ],
  ["a tag's value", { Key: "tag:scope", Values: ["poc"] }, ["/app/name"]],
  ["another value of it", { Key: "tag:scope", Values: ["dev"] }, []],
  ["a tag", { Key: "tag:scope" }, ["/app/name"]],
])("parameters are found by %s", (_what, filter, names) => {
  const { Parameters } = ground().run("DescribeParameters", { ParameterFilters: [filter] })
  expect(Parameters?.map(({ Name }) => Name)).toEqual(names)
})

test("several filters are all to fit", () => {
  const filters = (name: string) => [
    { Key: "Type", Values: ["String"] },
    { Key: "Name", Values: [name] },
  ]
  const found = (name: string) => ground().run("DescribeParameters", { ParameterFilters: filters(name) }).Parameters
  expect(found("/app/name")).toHaveLength(1)
  expect(found("plain")).toEqual([])
})

describe("tags", () => {
  const at = { ResourceType: "Parameter", ResourceId: "/app/name" } as const
  const tagsOf = (aws: Ground) => aws.run("ListTagsForResource", at).TagList

  test("are added, changed and taken away; keys in other letters are others", () => {
    const aws = ground()
    aws.run("AddTagsToResource", {
      ...at,
      Tags: [
        { Key: "scope", Value: "dev" },
        { Key: "Scope", Value: "x" },
      ],
    })
    expect(tagsOf(aws)).toEqual([
      { Key: "scope", Value: "dev" },
      { Key: "Scope", Value: "x" },
    ])
    aws.run("RemoveTagsFromResource", { ...at, TagKeys: ["scope", "nothing"] })
    expect(tagsOf(aws)).toEqual([{ Key: "Scope", Value: "x" }])
  })

  test("are no new version", () => {
    const aws = ground()
    aws.run("AddTagsToResource", { ...at, Tags: [{ Key: "a", Value: "b" }] })
    expect(aws.run("GetParameter", { Name: "/app/name" }).Parameter?.Version).toBe(1)
  })
})
