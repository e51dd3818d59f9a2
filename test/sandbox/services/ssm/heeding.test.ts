import { expect, test } from "vitest"
import { ssm } from "../../../../src/sandbox/services/ssm/index.ts"
import { limitOf, unheeded } from "../heeding.ts"
import { type Ground, ground } from "./ground.ts"
import { content, node, sent, withNode } from "./node.ts"

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
  ["CancelCommand", { CommandId: "" }],
  ["CreateDocument", { Name: "new", Content: content() }],
  ["DeleteDocument", { Name: "say" }],
  ["DescribeDocument", { Name: "say" }],
  ["DescribeDocumentPermission", { Name: "say", PermissionType: "Share" }],
  ["ModifyDocumentPermission", { Name: "say", PermissionType: "Share", AccountIdsToAdd: ["444455556666"] }],
  ["DescribeInstanceInformation", { Filters: [{ Key: "PingStatus", Values: ["Online"] }] }],
  ["GetCommandInvocation", { CommandId: "", InstanceId: node }],
  ["GetDocument", { Name: "say" }],
  ["ListCommandInvocations", { Filters: [{ key: "Status", value: "Pending" }] }],
  ["ListCommands", { Filters: [{ key: "Status", value: "Pending" }] }],
  ["ListDocuments", { Filters: [{ Key: "Owner", Values: ["Self"] }] }],
  ["SendCommand", { DocumentName: "say", InstanceIds: [node], Parameters: { Kind: ["one"] } }],
  ["StartSession", { Target: node }],
  ["TerminateSession", { SessionId: "any" }],
  ["UpdateDocument", { Name: "say", Content: content({ description: "new" }) }],
  ["UpdateDocumentDefaultVersion", { Name: "say", DocumentVersion: "1" }],
  ["PutParameter", { Name: "/new", Type: "SecureString", Value: "x", Tags: [{ Key: "a", Value: "b" }] }],
  ["RemoveTagsFromResource", { ...at, TagKeys: ["a"] }],
]

test.each(goesThrough)("%s heeds all that a caller can say", (name, input) => {
  const aws = withNode(ground())
  const CommandId = sent(aws)
  const whole = "CommandId" in input ? { ...input, CommandId } : input
  // One operation's input after another: their types have nothing in common.
  expect(unheeded(ssm, name, whole, (watched) => aws.run(name, watched as never))).toEqual([])
})

test("every operation that is served is among them, and has AWS's limit", () => {
  expect(goesThrough.map(([name]) => name).sort()).toEqual(Object.keys(ssm.handlers).sort())
  expect(limitOf(ssm, "PutParameter")).toEqual([3, 3])
  expect(limitOf(ssm, "GetParametersByPath")).toEqual([40, 40])
  expect(Object.keys(ssm.handlers).filter((name) => !limitOf(ssm, name))).toEqual([])
})
