import type { Filter } from "@aws-sdk/client-ec2"
import fc from "fast-check"
import { expect, test } from "vitest"
import { rig } from "./rig.ts"

const tagged = (...names: readonly string[]) => {
  const aws = rig()
  aws.quotas.set("L-F678F1CE", 100)
  for (const name of names) {
    const TagSpecifications = [{ ResourceType: "vpc" as const, Tags: [{ Key: "Name", Value: name }] }]
    aws.run("CreateVpc", { CidrBlock: "10.0.0.0/16", TagSpecifications })
  }
  const found = (...Filters: Filter[]) =>
    (aws.run("DescribeVpcs", { Filters }).Vpcs ?? []).map((vpc) => vpc.Tags?.[0]?.Value)
  return { aws, found }
}

test("a filter's values are alternatives, several filters must all fit", () => {
  const { found } = tagged("a", "b", "c")
  expect(found({ Name: "tag:Name", Values: ["a", "c"] })).toEqual(["a", "c"])
  expect(found({ Name: "tag:Name", Values: ["a", "c"] }, { Name: "tag:Name", Values: ["c", "b"] })).toEqual(["c"])
  expect(found({ Name: "tag:name", Values: ["a"] })).toEqual([])
  expect(found({ Name: "tag-key", Values: ["Name"] })).toHaveLength(3)
  expect(found({ Name: "tag-value", Values: ["b"] })).toEqual(["b"])
  expect(found({ Name: "is-default", Values: ["false"] })).toHaveLength(3)
})

test.each([
  ["ab*", ["ab", "abc"]],
  ["?b", ["ab", "b"]],
  ["a?c", ["abc", "a*c", "a.c", "a\\c"]],
  ["a\\*c", ["a*c"]],
  ["a.c", ["a.c"]],
  ["*", ["ab", "abc", "b", "a*c", "a.c", "a\\c"]],
  ["a\\\\c", ["a\\c"]],
  ["AB", []],
])("the pattern %s", (pattern, fits) => {
  const { found } = tagged("ab", "abc", "b", "a*c", "a.c", "a\\c")
  expect(found({ Name: "tag:Name", Values: [pattern] })).toEqual(fits)
})

test("a value without wildcards finds itself and nothing else", () => {
  const plain = fc.string({ minLength: 1, maxLength: 20 }).filter((text) => !/[*?\\]/.test(text))
  fc.assert(
    fc.property(plain, plain, (one, other) => {
      const { found } = tagged(one, other)
      expect(found({ Name: "tag:Name", Values: [one] })).toEqual(one === other ? [one, other] : [one])
    }),
    { numRuns: 100 },
  )
})

test("pages follow each other without gap or repetition", () => {
  const names = Array.from({ length: 12 }, (_, index) => `vpc ${index}`)
  const { aws } = tagged(...names)
  const seen: (string | undefined)[] = []
  let NextToken: string | undefined
  do {
    const answer = aws.run("DescribeVpcs", { MaxResults: 5, NextToken })
    seen.push(...(answer.Vpcs ?? []).map((vpc) => vpc.Tags?.[0]?.Value))
    NextToken = answer.NextToken
  } while (NextToken)
  expect(seen).toEqual(names)
})

test("tags are listed, changed and removed", () => {
  const { aws } = tagged("a")
  const [tag] = aws.run("DescribeTags", { Filters: [{ Name: "tag:Name", Values: ["a"] }] }).Tags ?? []
  expect(tag).toEqual({ ResourceId: tag?.ResourceId, ResourceType: "vpc", Key: "Name", Value: "a" })
  const Resources = [tag?.ResourceId ?? ""]
  const all = () => (aws.run("DescribeTags", {}).Tags ?? []).map(({ Key, Value }) => `${Key}=${Value}`)
  aws.run("CreateTags", {
    Resources,
    Tags: [
      { Key: "Name", Value: "b" },
      { Key: "env", Value: "poc" },
    ],
  })
  expect(all()).toEqual(["Name=b", "env=poc"])
  aws.run("DeleteTags", { Resources, Tags: [{ Key: "Name", Value: "not this" }] })
  expect(all()).toEqual(["Name=b", "env=poc"])
  aws.run("DeleteTags", { Resources, Tags: [{ Key: "Name" }] })
  expect(all()).toEqual(["env=poc"])
  aws.run("DeleteTags", { Resources })
  expect(all()).toEqual([])
})
