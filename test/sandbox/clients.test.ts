import { Readable } from "node:stream"
import { CreateVpcCommand, DeleteVpcCommand, DescribeVpcsCommand } from "@aws-sdk/client-ec2"
import { CreateRoleCommand, GetRoleCommand } from "@aws-sdk/client-iam"
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  PutBucketTaggingCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3"
import { GetParameterCommand, PutParameterCommand } from "@aws-sdk/client-ssm"
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type InProcess, inProcess } from "../../src/sandbox/in-process.ts"
import { clientsOf, tinyServices } from "./tiny.ts"

describe("the SDK's own clients", () => {
  let sandbox: InProcess
  let clients: ReturnType<typeof clientsOf>
  beforeAll(async () => {
    sandbox = await inProcess({ services: tinyServices() })
    clients = clientsOf(sandbox.connection)
  })
  afterAll(() => sandbox.close())

  it("speak ec2Query", async () => {
    const made = await clients.ec2.send(new CreateVpcCommand({ CidrBlock: "10.20.0.0/16" }))
    const vpcId = made.Vpc?.VpcId
    expect(vpcId).toMatch(/^vpc-0[0-9a-f]{16}$/)
    expect(made.$metadata.requestId).toMatch(/^[0-9a-f-]{36}$/)
    const listed = await clients.ec2.send(new DescribeVpcsCommand({}))
    expect(listed.Vpcs).toEqual([{ VpcId: vpcId, CidrBlock: "10.20.0.0/16" }])
    await clients.ec2.send(new DeleteVpcCommand({ VpcId: vpcId }))
    await expect(clients.ec2.send(new DeleteVpcCommand({ VpcId: vpcId }))).rejects.toMatchObject({
      name: "InvalidVpcID.NotFound",
      message: "no such vpc",
      $metadata: { httpStatusCode: 400, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    })
  })

  it("speak awsQuery", async () => {
    await clients.iam.send(new CreateRoleCommand({ RoleName: "r", AssumeRolePolicyDocument: "{}" }))
    const { Role } = await clients.iam.send(new GetRoleCommand({ RoleName: "r" }))
    expect(Role?.Arn).toBe("arn:aws:iam::1:role/r")
    expect(Role?.CreateDate).toBeInstanceOf(Date)
    await expect(clients.iam.send(new GetRoleCommand({ RoleName: "x" }))).rejects.toMatchObject({
      name: "NoSuchEntityException",
      $metadata: { httpStatusCode: 404 },
    })
    const identity = await clients.sts.send(new GetCallerIdentityCommand({}))
    expect(identity).toMatchObject({ Account: "111122223333", Arn: "arn:aws:iam::111122223333:user/sandbox" })
  })

  it("speak awsJson", async () => {
    await clients.ssm.send(new PutParameterCommand({ Name: "/a", Value: "é💾", Type: "String" }))
    const { Parameter } = await clients.ssm.send(new GetParameterCommand({ Name: "/a" }))
    expect(Parameter?.Value).toBe("é💾")
    await expect(clients.ssm.send(new GetParameterCommand({ Name: "/b" }))).rejects.toMatchObject({
      name: "ParameterNotFound",
      $metadata: { httpStatusCode: 400 },
    })
  })

  it("speak restXml, with conditions, empty bodies and answers to HEAD", async () => {
    const { s3 } = clients
    await s3.send(new CreateBucketCommand({ Bucket: "b" }))
    await s3.send(new PutBucketTaggingCommand({ Bucket: "b", Tagging: { TagSet: [{ Key: "a<b", Value: "&" }] } }))
    const at = { Bucket: "b", Key: "folder/a b+c%é" }
    const { ETag } = await s3.send(new PutObjectCommand({ ...at, Body: "one", IfNoneMatch: "*" }))
    await expect(s3.send(new PutObjectCommand({ ...at, Body: "two", IfNoneMatch: "*" }))).rejects.toMatchObject({
      name: "PreconditionFailed",
      $metadata: { httpStatusCode: 412 },
    })
    await s3.send(new PutObjectCommand({ ...at, Body: "two", IfMatch: ETag }))
    const got = await s3.send(new GetObjectCommand(at))
    expect(await got.Body?.transformToString()).toBe("two")
    expect((await s3.send(new HeadObjectCommand(at))).ContentLength).toBe(3)
    // A stream goes in chunks of AWS's own, with its checksum behind them.
    const stream = Readable.from([Buffer.from("th"), Buffer.from("ree")])
    await s3.send(new PutObjectCommand({ ...at, Body: stream, ContentLength: 5 }))
    expect(await (await s3.send(new GetObjectCommand(at))).Body?.transformToString()).toBe("three")
    await s3.send(new DeleteObjectCommand(at))
    await expect(s3.send(new GetObjectCommand(at))).rejects.toMatchObject({ name: "NoSuchKey", Key: at.Key })
    await expect(s3.send(new HeadObjectCommand(at))).rejects.toMatchObject({ $metadata: { httpStatusCode: 404 } })
    await expect(s3.send(new HeadBucketCommand({ Bucket: "missing" }))).rejects.toMatchObject({ name: "NotFound" })
  })
})
