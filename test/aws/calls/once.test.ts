import {
  AllocateAddressCommand,
  CreateInternetGatewayCommand,
  CreateVpcCommand,
  DescribeVpcsCommand,
  EC2Client,
} from "@aws-sdk/client-ec2"
import { CreateRoleCommand } from "@aws-sdk/client-iam"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { once } from "../../../src/aws/calls/once.ts"
import type { Session } from "../../../src/aws/clients.ts"
import { AlreadyExists, Locked, OutcomeUnknown } from "../../../src/errors.ts"
import { type Sandboxed, sandboxed } from "../sandboxed.ts"

let aws: Sandboxed
let session: Session
beforeEach(async () => {
  aws = await sandboxed()
  session = await aws.open()
})
afterEach(() => aws.close())

const newVpc = () => new CreateVpcCommand({ CidrBlock: "10.0.0.0/16" })
const vpcs = async () => ((await session.ec2.send(new DescribeVpcsCommand({}))).Vpcs ?? []).filter((v) => !v.IsDefault)

describe("a lost answer", () => {
  it("makes a bare client create a second VPC", async () => {
    const { url, region, accessKeyId, secretAccessKey } = aws.sandbox.connection
    const bare = new EC2Client({ region, endpoint: url, credentials: { accessKeyId, secretAccessKey } })
    aws.fault({ name: "lost", operation: "ec2:CreateVpc", times: 1 })
    await bare.send(newVpc())
    expect(await vpcs()).toHaveLength(2)
    bare.destroy()
  })

  it.each(["lost", "error500-after"] as const)("of the kind %s is not answered by sending it again", async (name) => {
    aws.fault({ name, operation: "ec2:CreateVpc", times: 1 })
    await expect(session.ec2.send(newVpc())).rejects.toBeInstanceOf(OutcomeUnknown)
    expect(await vpcs()).toHaveLength(1)
  })

  it.each([
    ["ec2:CreateInternetGateway", () => session.ec2.send(new CreateInternetGatewayCommand({}))],
    ["ec2:AllocateAddress", () => session.ec2.send(new AllocateAddressCommand({ Domain: "vpc" }))],
  ])("to %s leaves it sent once", async (operation, send) => {
    aws.fault({ name: "lost", operation, times: 1 })
    await expect(send()).rejects.toBeInstanceOf(OutcomeUnknown)
    expect(aws.asked(operation)).toBe(1)
  })

  it("to what has a unique name is tried again, and finds itself", async () => {
    aws.fault({ name: "lost", operation: "iam:CreateRole", times: 1 })
    const AssumeRolePolicyDocument = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
    })
    await expect(
      session.iam.send(new CreateRoleCommand({ RoleName: "r", AssumeRolePolicyDocument })),
    ).rejects.toBeInstanceOf(AlreadyExists)
    expect(aws.asked("iam:CreateRole")).toBe(2)
  })
})

describe("a request that certainly had no effect", () => {
  it("is sent again when it was throttled", async () => {
    aws.fault({ name: "throttle", operation: "ec2:CreateVpc", times: 3 })
    await session.ec2.send(newVpc())
    expect(await vpcs()).toHaveLength(1)
    expect(session.calls()).toMatchObject({ throttled: 3 })
  })

  it.each([
    ["a lack of addresses", { name: "InsufficientAddressCapacity", $metadata: { httpStatusCode: 500 } }],
    ["another refusal", { name: "VpcLimitExceeded", $metadata: { httpStatusCode: 400 } }],
    ["a refused connection", { name: "Error", code: "ECONNREFUSED" }],
    ["missing credentials", { name: "CredentialsProviderError" }],
    ["our own refusal", new Locked("the lease is lost")],
  ])("stays what it is: %s", async (_, thrown) => {
    const context = { clientName: "EC2Client", commandName: "AllocateAddressCommand" }
    const guarded = once(() => Promise.reject(thrown), context)
    await expect(guarded({ input: {}, request: {} })).rejects.toBe(thrown)
  })

  it.each([
    ["a cut connection", { name: "Error", code: "ECONNRESET" }],
    ["an answer that came too late", { name: "TimeoutError" }],
    ["a fault of AWS's", { name: "InternalError", $metadata: { httpStatusCode: 500 } }],
    ["an answer that cannot be read", new SyntaxError("unexpected token")],
  ])("is not: %s", async (_, thrown) => {
    const context = { clientName: "EC2Client", commandName: "AllocateAddressCommand" }
    const guarded = once(() => Promise.reject(thrown), context)
    await expect(guarded({ input: {}, request: {} })).rejects.toBeInstanceOf(OutcomeUnknown)
  })
})
