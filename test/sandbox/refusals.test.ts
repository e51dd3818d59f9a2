import { request } from "node:http"
import { CreateVpcCommand, DescribeInstancesCommand, DescribeVpcsCommand, EC2Client } from "@aws-sdk/client-ec2"
import { CreateRoleCommand, CreateUserCommand, GetRoleCommand } from "@aws-sdk/client-iam"
import {
  CopyObjectCommand,
  GetBucketPolicyCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3"
import { GetParameterCommand, PutParameterCommand } from "@aws-sdk/client-ssm"
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts"
import type { FinalizeHandler } from "@smithy/types"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type InProcess, inProcess } from "../../src/sandbox/in-process.ts"
import { admin } from "../../src/sandbox/remote.ts"
import { clientsOf, tinyServices } from "./tiny.ts"

describe("the sandbox refuses", () => {
  let sandbox: InProcess
  let clients: ReturnType<typeof clientsOf>
  beforeAll(async () => {
    sandbox = await inProcess({ services: tinyServices() })
    clients = clientsOf(sandbox.connection)
  })
  afterAll(() => sandbox.close())

  const eachService = (given: ReturnType<typeof clientsOf>) => ({
    ec2: () => given.ec2.send(new DescribeVpcsCommand({})),
    iam: () => given.iam.send(new GetRoleCommand({ RoleName: "r" })),
    sts: () => given.sts.send(new GetCallerIdentityCommand({})),
    ssm: () => given.ssm.send(new GetParameterCommand({ Name: "/a" })),
    s3: () => given.s3.send(new PutObjectCommand({ Bucket: "b", Key: "k", Body: "x" })),
  })
  type Name = keyof ReturnType<typeof eachService>

  it.each<[Name, string, number]>([
    ["ec2", "AuthFailure", 401],
    ["iam", "InvalidClientTokenId", 403],
    ["sts", "InvalidClientTokenId", 403],
    ["ssm", "UnrecognizedClientException", 400],
    ["s3", "InvalidAccessKeyId", 403],
  ])("an access key that is not its own: %s", async (service, name, status) => {
    const others = clientsOf({ ...sandbox.connection, accessKeyId: "AKIAOTHER" })
    await expect(eachService(others)[service]()).rejects.toMatchObject({ name, $metadata: { httpStatusCode: status } })
  })

  it.each<[Name, string, number]>([
    ["ec2", "SignatureDoesNotMatch", 403],
    ["iam", "SignatureDoesNotMatch", 403],
    ["sts", "SignatureDoesNotMatch", 403],
    ["ssm", "InvalidSignatureException", 400],
    ["s3", "SignatureDoesNotMatch", 403],
  ])("a signature made with another secret: %s", async (service, name, status) => {
    const others = clientsOf({ ...sandbox.connection, secretAccessKey: "not it" })
    await expect(eachService(others)[service]()).rejects.toMatchObject({ name, $metadata: { httpStatusCode: status } })
  })

  it.each<[Name, string]>([
    ["ec2", "RequestExpired"],
    ["iam", "SignatureDoesNotMatch"],
    ["ssm", "InvalidSignatureException"],
    ["s3", "RequestTimeTooSkewed"],
  ])("a request signed sixteen minutes from now: %s", async (service, name) => {
    const { accessKeyId, secretAccessKey, region, url } = sandbox.connection
    const given = { endpoint: url, region, credentials: { accessKeyId, secretAccessKey }, maxAttempts: 1 }
    const late = { ...given, systemClockOffset: -16 * 60_000 }
    const behind = {
      ...clients,
      ec2: new EC2Client(late),
      s3: new S3Client({ ...late, forcePathStyle: true }),
      iam: clientsOf(sandbox.connection, { systemClockOffset: -16 * 60_000 }).iam,
      ssm: clientsOf(sandbox.connection, { systemClockOffset: -16 * 60_000 }).ssm,
    }
    await expect(eachService(behind)[service]()).rejects.toMatchObject({ name })
    const near = clientsOf(sandbox.connection, { systemClockOffset: -14 * 60_000 })
    await expect(near.ec2.send(new DescribeVpcsCommand({}))).resolves.toBeDefined()
  })

  it("a request without a signature", async () => {
    const answer = await raw(sandbox, { body: "Action=DescribeVpcs&Version=2016-11-15" })
    expect(answer.status).toBe(403)
    expect(answer.body).toContain("MissingAuthenticationToken")
  })

  it("a body that was changed on its way", async () => {
    const changed = clientsOf(sandbox.connection)
    // The last step before the wire: the signature is made by then.
    const last = { step: "finalizeRequest", priority: "low", name: "changed" } as const
    changed.ec2.middlewareStack.add(changing, last)
    changed.s3.middlewareStack.add(changing, last)
    await expect(changed.s3.send(new PutObjectCommand({ Bucket: "b", Key: "k", Body: "x" }))).rejects.toMatchObject({
      name: "XAmzContentSHA256Mismatch",
    })
    const { Vpcs } = await clients.ec2.send(new DescribeVpcsCommand({}))
    await expect(changed.ec2.send(new CreateVpcCommand({ CidrBlock: "x" }))).rejects.toMatchObject({
      name: "SignatureDoesNotMatch",
    })
    expect((await clients.ec2.send(new DescribeVpcsCommand({}))).Vpcs).toEqual(Vpcs)
  })

  it.each(["evil.example", "169.254.169.254", "127.0.0.1:1", "localhost"])("the host %j", async (host) => {
    const { token } = sandbox.connection
    for (const path of ["/", "/_sandbox/status"]) {
      const answer = await raw(sandbox, { path, headers: { host, "x-sandbox-token": token } })
      expect(answer.status).toBe(403)
      expect(answer.body).toContain("send the request to http://127.0.0.1:")
    }
  })

  it("any request with an Origin, whatever token it has", async () => {
    const headers = { origin: "http://localhost:3000", "x-sandbox-token": sandbox.connection.token }
    const answer = await raw(sandbox, { path: "/_sandbox/status", headers })
    expect(answer).toEqual({
      status: 403,
      body: "this sandbox serves no browser: the request has the Origin http://localhost:3000",
    })
  })

  it("a command without its token, or one that it does not have", async () => {
    const wrong = { "x-sandbox-token": "x".repeat(sandbox.connection.token.length) }
    expect((await raw(sandbox, { path: "/_sandbox/snapshot" })).status).toBe(403)
    expect((await raw(sandbox, { path: "/_sandbox/snapshot", headers: wrong })).status).toBe(403)
    const right = { "x-sandbox-token": sandbox.connection.token }
    expect((await raw(sandbox, { path: "/_sandbox/snapshot", headers: right })).status).toBe(200)
    expect((await raw(sandbox, { path: "/_sandbox/toString", headers: right })).status).toBe(404)
    expect((await raw(sandbox, { path: "/_sandbox/snapshot", method: "GET", headers: right })).status).toBe(405)
  })

  it("operations that nobody wrote, and does not take them for others", async () => {
    const refused = (operation: string) => ({
      name: "NotImplemented",
      message: expect.stringContaining(operation),
      $metadata: { httpStatusCode: 501 },
    })
    const started = Date.now()
    await expect(clients.ec2.send(new DescribeInstancesCommand({}))).rejects.toMatchObject(
      refused("smart0dte's sandbox does not serve ec2 DescribeInstances"),
    )
    await expect(clients.iam.send(new CreateUserCommand({ UserName: "u" }))).rejects.toMatchObject(
      refused("CreateUser"),
    )
    await expect(clients.s3.send(new GetBucketPolicyCommand({ Bucket: "b" }))).rejects.toMatchObject(refused("?policy"))
    await expect(clients.s3.send(new ListObjectVersionsCommand({ Bucket: "b" }))).rejects.toMatchObject(
      refused("?versions"),
    )
    const copy = new CopyObjectCommand({ Bucket: "b", Key: "k", CopySource: "b/other" })
    await expect(clients.s3.send(copy)).rejects.toMatchObject(refused("CopyObject"))
    expect(Date.now() - started).toBeLessThan(2000)
  })

  it("a service that nobody wrote", async () => {
    const empty = await inProcess({ services: [] })
    try {
      const lost = clientsOf(empty.connection, { maxAttempts: 3 })
      for (const send of Object.values(eachService(lost))) {
        await expect(send()).rejects.toMatchObject({ name: "NotImplemented", $metadata: { httpStatusCode: 501 } })
      }
    } finally {
      await empty.close()
    }
  })

  it("inputs without what they must have", async () => {
    // An input that no caller in TypeScript would write.
    const role = { RoleName: undefined, AssumeRolePolicyDocument: "{}" } as never
    await expect(clients.iam.send(new CreateRoleCommand(role))).rejects.toMatchObject({
      name: "ValidationError",
      message:
        "1 validation error detected: Value null at 'roleName' failed to satisfy constraint: Member must not be null",
    })
    await expect(clients.ssm.send(new PutParameterCommand({ Name: "/a" } as never))).rejects.toMatchObject({
      name: "ValidationException",
      message: expect.stringContaining("'value'"),
    })
    await expect(clients.ec2.send(new CreateVpcCommand({ TagSpecifications: [{}] }))).resolves.toBeDefined()
    expect(await admin(sandbox.connection).trace()).toContainEqual(
      expect.objectContaining({ service: "ssm", operation: "PutParameter", code: "ValidationException" }),
    )
  })
})

const changing =
  <In extends object, Out extends object>(next: FinalizeHandler<In, Out>): FinalizeHandler<In, Out> =>
  (given) => {
    const request = given.request as { body: string }
    request.body = request.body.replace("x", "y")
    return next(given)
  }

interface Raw {
  readonly path?: string
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

function raw(sandbox: InProcess, { path = "/", method = "POST", headers = {}, body = "" }: Raw) {
  return new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
    const form = { "content-type": "application/x-www-form-urlencoded" }
    const sent = request(sandbox.connection.url + path, { method, headers: { ...form, ...headers } }, (response) => {
      let text = ""
      response.on("data", (part) => {
        text += part
      })
      response.on("end", () => resolve({ status: response.statusCode, body: text }))
    })
    sent.on("error", reject)
    sent.end(body)
  })
}
