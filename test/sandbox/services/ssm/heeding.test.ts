import { expect, test } from "vitest"
import { ssm } from "../../../../src/sandbox/services/ssm/index.ts"
import { unheeded } from "../heeding.ts"
import { type Ground, ground } from "./ground.ts"

const at = { ResourceType: "Parameter", ResourceId: "/app/name" }

const goesThrough: readonly (readonly [Parameters<Ground["run"]>[0], object])[] = [
  ["AddTagsToResource", { ...at, Tags: [{ Key: "a", Value: "b" }] }],
  ["DeleteParameter", { Name: "/app/name" }],
  ["DeleteParameters", { Names: ["/app/name"] }],
  ["DescribeParameters", { ParameterFilters: [{ Key: "Type", Values: ["String"] }] }],
  ["GetParameter", { Name: "/app/db/password" }],
  ["GetParameters", { Names: ["/app/db/password"] }],
  ["GetParametersByPath", { Path: "/app", ParameterFilters: [{ Key: "Type", Values: ["String"] }] }],
  ["ListTagsForResource", at],
  ["PutParameter", { Name: "/new", Type: "SecureString", Value: "x", Tags: [{ Key: "a", Value: "b" }] }],
  ["RemoveTagsFromResource", { ...at, TagKeys: ["a"] }],
]

test.each(goesThrough)("%s heeds all that a caller can say", (name, input) => {
  const aws = ground()
  // One operation's input after another: their types have nothing in common.
  expect(unheeded(ssm, name, input, (watched) => aws.run(name, watched as never))).toEqual([])
})

test("every operation that is served is among them, and has AWS's limit", () => {
  expect(goesThrough.map(([name]) => name)).toEqual(Object.keys(ssm.handlers).sort())
  const limitOf = (name: string) => ssm.limits.find(([pattern]) => pattern.test(name))?.slice(1)
  expect(limitOf("PutParameter")).toEqual([3, 3])
  expect(limitOf("GetParametersByPath")).toEqual([40, 40])
  expect(Object.keys(ssm.handlers).filter((name) => !limitOf(name))).toEqual([])
})
