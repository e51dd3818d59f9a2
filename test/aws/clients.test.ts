import { createServer, type Server } from "node:http"
import { CreateVpcCommand, DescribeVpcsCommand } from "@aws-sdk/client-ec2"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { openCloud } from "../../src/aws/clients.ts"
import { Locked, NoAccess, Usage } from "../../src/errors.ts"
import { impatient, type Sandboxed, sandboxed } from "./sandboxed.ts"

let aws: Sandboxed
beforeEach(async () => {
  aws = await sandboxed()
})
afterEach(() => aws.close())

describe("opening", () => {
  it("tells who and where we are", async () => {
    const { account, partition, arn, region } = await aws.open()
    expect({ account, partition, region }).toEqual({ account: "111122223333", partition: "aws", region: "us-east-1" })
    expect(arn).toMatch(/^arn:aws:iam::111122223333:/)
    expect(aws.asked("sts:GetCallerIdentity")).toBe(1)
  })

  it("refuses what is no region before asking anyone", async () => {
    await expect(aws.open({ region: "us-esat" })).rejects.toBeInstanceOf(Usage)
    expect(aws.asked("sts:GetCallerIdentity")).toBe(0)
  })

  it("refuses credentials that AWS does not know", async () => {
    const wrong = aws.open({ credentials: { accessKeyId: "AKIAWRONGWRONGWRONG1", secretAccessKey: "wrong" } })
    await expect(wrong).rejects.toMatchObject({ name: "NoAccess", hint: expect.stringContaining("log in again") })
  })

  it("refuses a session that has expired", async () => {
    aws.fault({ name: "expired" })
    await expect(aws.open()).rejects.toThrow("the AWS session has expired")
  })

  it("names the profile that is not there", async () => {
    vi.stubEnv("AWS_CONFIG_FILE", "/nonexistent/config")
    vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent/credentials")
    vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true")
    const opened = openCloud({
      region: "us-east-1",
      endpoint: "http://127.0.0.1:9",
      profile: "nobody",
      clock: impatient(),
    })
    await expect(opened).rejects.toBeInstanceOf(NoAccess)
    await expect(opened).rejects.toThrow(/nobody|no AWS credentials/)
    vi.unstubAllEnvs()
  })

  it("says that nothing listens where it was sent", async () => {
    const opened = openCloud({
      region: "us-east-1",
      endpoint: "http://127.0.0.1:9",
      credentials: { accessKeyId: "a", secretAccessKey: "b" },
      clock: impatient(),
    })
    await expect(opened).rejects.toMatchObject({
      message: expect.stringContaining("cannot be reached (ECONNREFUSED)"),
      hint: "is anything listening at http://127.0.0.1:9?",
    })
  })
})

describe("the origin", () => {
  let elsewhere: Server
  let heard = 0
  beforeEach(async () => {
    heard = 0
    elsewhere = createServer((_, response) => {
      heard++
      response.end()
    })
    await new Promise<void>((resolve) => elsewhere.listen(0, "127.0.0.1", resolve))
  })
  afterEach(() => new Promise((resolve) => elsewhere.close(resolve)))

  it("is the only one that is asked anything", async () => {
    const address = elsewhere.address()
    const port = typeof address === "object" && address ? address.port : 0
    const opened = aws.open({ endpoint: `http://127.0.0.1:${port}`, onlyOrigin: aws.sandbox.connection.url })
    await expect(opened).rejects.toThrow(`was about to ask http://127.0.0.1:${port}`)
    expect(heard).toBe(0)
  })

  it("may be asked itself", async () => {
    const session = await aws.open({ onlyOrigin: aws.sandbox.connection.url })
    await expect(session.ec2.send(new DescribeVpcsCommand({}))).resolves.toBeDefined()
  })
})

describe("the lease check", () => {
  it("stops each change before it leaves, and no question", async () => {
    const session = await aws.open({
      mayChange: () => {
        throw new Locked("the lease is lost")
      },
    })
    await expect(session.ec2.send(new CreateVpcCommand({ CidrBlock: "10.0.0.0/16" }))).rejects.toThrow("lease is lost")
    expect(aws.asked("ec2:CreateVpc")).toBe(0)
    await expect(session.ec2.send(new DescribeVpcsCommand({}))).resolves.toBeDefined()
  })

  it("looks again before each attempt", async () => {
    let looked = 0
    const session = await aws.open({
      mayChange: () => {
        if (++looked > 2) throw new Locked("the lease is lost")
      },
    })
    aws.fault({ name: "throttle", operation: "ec2:CreateVpc" })
    await expect(session.ec2.send(new CreateVpcCommand({ CidrBlock: "10.0.0.0/16" }))).rejects.toThrow("lease is lost")
    expect(aws.asked("ec2:CreateVpc")).toBe(2)
  })
})

describe("counting", () => {
  it("tells calls from requests, by operation", async () => {
    const lines: string[] = []
    const session = await aws.open({ debug: (line) => lines.push(line) })
    aws.fault({ name: "throttle", operation: "ec2:DescribeVpcs", times: 1 })
    await session.ec2.send(new DescribeVpcsCommand({}))
    expect(session.calls()).toEqual({
      total: 2,
      byOperation: { "ec2:DescribeVpcs": 1, "sts:GetCallerIdentity": 1 },
      requests: 3,
      throttled: 1,
    })
    expect(lines.map((line) => line.replace(/\d+ ms$/, "").trim())).toEqual([
      expect.stringMatching(/^sts:GetCallerIdentity 200 \S+$/),
      "ec2:DescribeVpcs 503 RequestLimitExceeded",
      expect.stringMatching(/^ec2:DescribeVpcs 200 \S+$/),
    ])
  })
})
