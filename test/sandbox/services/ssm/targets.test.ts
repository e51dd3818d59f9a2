import { expect, test } from "vitest"
import { type Ground, ground } from "./ground.ts"
import { node, withNode } from "./node.ts"

const byTag = (value: string, more: object = {}) => ({
  DocumentName: "say",
  Targets: [{ Key: "tag:smart0dte:scope", Values: [value] }],
  Parameters: { Kind: ["one"] },
  ...more,
})

const tagged = (): Ground => {
  const aws = withNode(ground())
  aws.put("ec2/tags@us-east-1", node, { id: node, tags: [{ Key: "smart0dte:scope", Value: "poc" }] })
  return aws
}

test("a command goes to the instances that have the tag", () => {
  const aws = tagged()
  const { Command } = aws.run("SendCommand", byTag("poc"))
  expect(Command).toMatchObject({ TargetCount: 1, InstanceIds: [], Targets: byTag("poc").Targets, Status: "Pending" })
  const { CommandInvocations } = aws.run("ListCommandInvocations", { CommandId: Command?.CommandId })
  expect(CommandInvocations).toMatchObject([{ InstanceId: node, Status: "Pending" }])
})

test("where none has it, a command has succeeded and done nothing", () => {
  const { Command } = tagged().run("SendCommand", byTag("dev"))
  expect(Command).toMatchObject({ TargetCount: 0, Status: "Success", StatusDetails: "NoInstancesInTag" })
})

test("one that is stopped is left out", () => {
  const aws = tagged()
  aws.put("ec2/instance@us-east-1", node, { id: node, states: [[0, "stopped"]] })
  expect(aws.run("SendCommand", byTag("poc")).Command?.TargetCount).toBe(0)
})

test("other ways to mean instances are not served", () => {
  expect(tagged().refused("SendCommand", byTag("poc", { InstanceIds: [node] }))).toContain("NotImplemented")
  const groups = [{ Key: "resource-groups:Name", Values: ["poc"] }]
  expect(tagged().refused("SendCommand", byTag("poc", { Targets: groups }))).toContain("NotImplemented")
})
