import { CreateSubnetCommand, CreateVpcCommand, DeleteVpcCommand, DescribeVpcsCommand } from "@aws-sdk/client-ec2"
import { GetRoleCommand } from "@aws-sdk/client-iam"
import { PutObjectCommand } from "@aws-sdk/client-s3"
import { GetParameterCommand, PutParameterCommand } from "@aws-sdk/client-ssm"
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { type InProcess, inProcess } from "../../src/sandbox/in-process.ts"
import { type Admin, admin } from "../../src/sandbox/remote.ts"
import { clientsOf, tinyServices } from "./tiny.ts"

let sandbox: InProcess
let clients: ReturnType<typeof clientsOf>
let control: Admin
beforeEach(async () => {
  sandbox = await inProcess({ services: tinyServices() })
  clients = clientsOf(sandbox.connection)
  control = admin(sandbox.connection)
})
afterEach(() => sandbox.close())

const create = (given = clients) => given.ec2.send(new CreateVpcCommand({ CidrBlock: "10.0.0.0/16" }))
const list = async () => (await clients.ec2.send(new DescribeVpcsCommand({}))).Vpcs ?? []
const lastOf = async (operation: string) => (await control.trace()).findLast((entry) => entry.operation === operation)

const eachService = () => ({
  ec2: () => list(),
  iam: () => clients.iam.send(new GetRoleCommand({ RoleName: "r" })),
  sts: () => clients.sts.send(new GetCallerIdentityCommand({})),
  ssm: () => clients.ssm.send(new GetParameterCommand({ Name: "/a" })),
  s3: () => clients.s3.send(new PutObjectCommand({ Bucket: "b", Key: "k", Body: "x" })),
})
type Name = keyof ReturnType<typeof eachService>

describe("a fault", () => {
  it.each<[Name, string, number]>([
    ["ec2", "RequestLimitExceeded", 503],
    ["iam", "Throttling", 400],
    ["sts", "Throttling", 400],
    ["ssm", "ThrottlingException", 400],
    ["s3", "SlowDown", 503],
  ])("throttles in the words of %s", async (service, name, httpStatusCode) => {
    await control.setFaults([{ name: "throttle" }])
    await expect(eachService()[service]()).rejects.toMatchObject({ name, $metadata: { httpStatusCode } })
  })

  it.each<[Name, string, number]>([
    ["ec2", "RequestExpired", 400],
    ["iam", "ExpiredToken", 403],
    ["sts", "ExpiredToken", 403],
    ["ssm", "ExpiredTokenException", 400],
    ["s3", "ExpiredToken", 400],
  ])("lets the credentials expire in the words of %s", async (service, name, httpStatusCode) => {
    await control.setFaults([{ name: "expired" }])
    // STS has a class of its own for it, which is named after the shape.
    await expect(eachService()[service]()).rejects.toMatchObject({
      name: expect.stringMatching(name),
      $metadata: { httpStatusCode },
    })
  })

  it.each<[Name, string]>([
    ["ec2", "InternalError"],
    ["iam", "InternalFailure"],
    ["sts", "InternalFailure"],
    ["ssm", "InternalServerError"],
    ["s3", "InternalError"],
  ])("fails inside %s", async (service, name) => {
    await control.setFaults([{ name: "error500" }])
    await expect(eachService()[service]()).rejects.toMatchObject({ name, $metadata: { httpStatusCode: 500 } })
  })

  it("fails before the effect or after it", async () => {
    await control.setFaults([{ name: "error500", operation: "ec2:CreateVpc", times: 1 }])
    await expect(create()).rejects.toMatchObject({ $metadata: { httpStatusCode: 500 } })
    expect(await list()).toHaveLength(0)
    await control.setFaults([{ name: "error500-after", operation: "ec2:CreateVpc", times: 1 }])
    await expect(create()).rejects.toMatchObject({ $metadata: { httpStatusCode: 500 } })
    expect(await list()).toHaveLength(1)
    expect(await lastOf("CreateVpc")).toMatchObject({ status: 500, code: "InternalError", fault: "error500-after" })
  })

  it("breaks the connection before the effect or after it", async () => {
    await control.setFaults([{ name: "reset", operation: "ec2:CreateVpc" }])
    await expect(create()).rejects.toMatchObject({ code: "ECONNRESET" })
    expect(await list()).toHaveLength(0)
    await control.setFaults([{ name: "lost", operation: "ec2:CreateVpc" }])
    await expect(create()).rejects.toMatchObject({ code: "ECONNRESET" })
    expect(await list()).toHaveLength(1)
    expect(await lastOf("CreateVpc")).toMatchObject({ fault: "lost" })
  })

  it("that loses an answer makes the SDK's own retries create a second thing", async () => {
    await control.setFaults([{ name: "lost", operation: "ec2:CreateVpc", times: 1 }])
    await create(clientsOf(sandbox.connection, { maxAttempts: 3 }))
    expect(await list()).toHaveLength(2)
  })

  it("never takes an answer away from a refusal", async () => {
    await control.setFaults([{ name: "lost" }])
    const refused = clients.ec2.send(new CreateVpcCommand({ CidrBlock: "throw" }))
    await expect(refused).rejects.toMatchObject({ name: "InvalidVpc.Range" })
  })

  it("keeps the client waiting, for a while or for ever", async () => {
    await control.setFaults([{ name: "slow", milliseconds: 300, operation: "ec2:Describe.*" }])
    const started = performance.now()
    await list()
    expect(performance.now() - started).toBeGreaterThan(290)
    await control.setFaults([{ name: "hang", operation: "ec2:CreateVpc" }])
    const hanging = clients.ec2.send(new CreateVpcCommand({}), { abortSignal: AbortSignal.timeout(300) })
    await expect(hanging).rejects.toMatchObject({ name: "AbortError" })
    expect(await list()).toHaveLength(0)
  })

  it("blinds reads to what is young", async () => {
    await create()
    await control.advance(60)
    await create()
    await control.setFaults([{ name: "blind", operation: "ec2:Describe.*", seconds: 30 }])
    expect(await list()).toHaveLength(1)
    await control.advance(31)
    expect(await list()).toHaveLength(2)
  })

  it("reaches the handlers that ask for it", async () => {
    await control.setFaults([{ name: "capacity", operation: "ec2:CreateVpc", times: 1 }])
    await expect(create()).rejects.toMatchObject({ name: "InsufficientCapacity" })
    await create()
    await control.setFaults([
      { name: "quota", quota: "addresses", value: 0 },
      { name: "quota", quota: "vpcs", value: 2 },
    ])
    await create()
    await expect(create()).rejects.toMatchObject({ name: "VpcLimitExceeded" })
  })

  it("hits a share of the requests: about that many, and the same again for the same seed", async () => {
    const hits = async (seed: number) => {
      await control.setFaults([{ name: "throttle", share: 0.3 }], seed)
      const found: boolean[] = []
      for (let count = 0; count < 100; count++) {
        found.push(
          await list().then(
            () => false,
            () => true,
          ),
        )
      }
      return found
    }
    const first = await hits(7)
    expect(first.filter(Boolean).length).toBeGreaterThan(18)
    expect(first.filter(Boolean).length).toBeLessThan(42)
    expect(await hits(7)).toEqual(first)
    expect(await hits(8)).not.toEqual(first)
  })

  it("hits only its operations, only so many times, and says how often it did", async () => {
    await control.setFaults([{ name: "throttle", operation: "ec2:Create", times: 1 }])
    await create()
    await control.setFaults([{ name: "throttle", operation: "ec2:Create.*", times: 2 }])
    await list()
    await expect(create()).rejects.toThrow()
    await expect(create()).rejects.toThrow()
    await create()
    expect(await control.faults()).toEqual([{ name: "throttle", operation: "ec2:Create.*", times: 2, hits: 2 }])
    await control.setFaults([])
    expect(await control.faults()).toEqual([])
  })

  it("is refused when it makes no sense", async () => {
    await expect(control.setFaults([{ name: "nonsense" as "lost" }])).rejects.toThrow(/unknown fault \\"nonsense\\"/)
    await expect(control.setFaults([{ name: "lost", share: 2 }])).rejects.toThrow(/share of the fault lost is 2/)
    await expect(control.setFaults([{ name: "lost", operation: "(" }])).rejects.toThrow(/Invalid regular expression/)
  })
})

describe("the limits of requests", () => {
  const subnet = () => clients.ec2.send(new CreateSubnetCommand({ VpcId: "vpc-1" }))

  it("hold for each operation by itself, and refill as simulated time passes", async () => {
    const slow = await inProcess({ services: tinyServices(), speed: 0.001 })
    try {
      clients = clientsOf(slow.connection)
      await subnet()
      await subnet()
      await expect(subnet()).rejects.toMatchObject({ name: "RequestLimitExceeded", $metadata: { httpStatusCode: 503 } })
      const other = clients.ec2.send(new DeleteVpcCommand({ VpcId: "vpc-1" }))
      await expect(other).rejects.toMatchObject({ name: "InvalidVpcID.NotFound" })
      await list()
      await admin(slow.connection).advance(1)
      await subnet()
      await expect(subnet()).rejects.toMatchObject({ name: "RequestLimitExceeded" })
      await admin(slow.connection).advance(3600)
      await Promise.all([subnet(), subnet()])
      await expect(subnet()).rejects.toMatchObject({ name: "RequestLimitExceeded" })
    } finally {
      await slow.close()
    }
  })
})

describe("the trace", () => {
  it("tells what was asked without secrets", async () => {
    await clients.ssm.send(new PutParameterCommand({ Name: "/a", Value: "hunter2", Type: "SecureString" }))
    await clients.s3.send(new PutObjectCommand({ Bucket: "b", Key: "k", Body: "hunter2" }))
    await expect(clients.ec2.send(new CreateVpcCommand({ CidrBlock: "throw" }))).rejects.toThrow()
    const trace = await control.trace()
    expect(JSON.stringify(trace)).not.toContain("hunter2")
    expect(trace).toMatchObject([
      { service: "ssm", operation: "PutParameter", status: 200, input: { Name: "/a", Value: "(sensitive)" } },
      { service: "s3", operation: "PutObject", status: 200, input: { Bucket: "b", Key: "k", Body: "(bytes)" } },
      { service: "ec2", operation: "CreateVpc", status: 400, code: "InvalidVpc.Range", input: { CidrBlock: "throw" } },
    ])
    const { now } = await control.status()
    expect(trace.every(({ at, milliseconds }) => at <= now && milliseconds >= 0)).toBe(true)
    await control.clearTrace()
    expect(await control.trace()).toEqual([])
  })
})
