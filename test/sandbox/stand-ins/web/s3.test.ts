import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam"
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3"
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest"
import { type InProcess, inProcess } from "../../../../src/sandbox/in-process.ts"
import { services } from "../../../../src/sandbox/services/index.ts"
import { type Bench, bench, machine } from "../bench.ts"

const Bucket = "state-111122223333"
const host = `https://${Bucket}.s3.us-east-1.amazonaws.com`
const record = `${host}/trading/poc/record`
const metadata = "http://169.254.169.254/latest"
const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: `arn:aws:s3:::${Bucket}/trading/*` }

describe("curl of an object", () => {
  let sandbox: InProcess
  let on: Bench
  const lend = () => sandbox.world.keyring.lend(machine, `arn:aws:sts::111122223333:assumed-role/node/${machine}`)
  beforeEach(async () => {
    sandbox = await inProcess({ services: services(), speed: 1000 })
    const { accessKeyId, region, secretAccessKey, url } = sandbox.connection
    const config = { region, endpoint: url, credentials: { accessKeyId, secretAccessKey } }
    const s3 = new S3Client({ ...config, forcePathStyle: true })
    await s3.send(new CreateBucketCommand({ Bucket }))
    await s3.send(new PutObjectCommand({ Bucket, Key: "trading/poc/record", Body: "schema=1\n" }))
    await s3.send(new PutObjectCommand({ Bucket, Key: "other", Body: "x" }))
    const iam = new IAMClient(config)
    const trust = { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }
    const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: trust })
    await iam.send(new CreateRoleCommand({ RoleName: "node", AssumeRolePolicyDocument }))
    const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: statement })
    await iam.send(new PutRolePolicyCommand({ RoleName: "node", PolicyName: "own", PolicyDocument }))
    on = bench({ url, keys: lend() })
  })
  afterEach(async () => {
    vi.useRealTimers()
    on.close()
    await sandbox.close()
  })

  const credentials = async (): Promise<Record<string, string>> => {
    const token = await on.ok(`curl -sf -X PUT -H X-aws-ec2-metadata-token-ttl-seconds:60 ${metadata}/api/token`)
    const ask = (path: string) =>
      on.ok(`curl -sf -K - ${metadata}/meta-data/${path}`, `header = "X-aws-ec2-metadata-token: ${token}"\n`)
    const role = await ask("iam/security-credentials/")
    return JSON.parse(await ask(`iam/security-credentials/${role}`))
  }
  const config = ({ AccessKeyId, SecretAccessKey, Token }: Record<string, string>) =>
    `user = "${AccessKeyId}:${SecretAccessKey}"\nheader = "x-amz-security-token: ${Token}"\n`
  const get = async (options: string, address = record, how = "aws:amz:us-east-1:s3") => {
    const { out } = await on.call(
      ["curl", "-s", "-w", " %{http_code}", "--aws-sigv4", how, "-K", "-", address],
      options,
    )
    return out
  }

  test("gets it with what the metadata service lent, for as long as that lasts", async () => {
    const lent = await credentials()
    expect(lent).toMatchObject({ Code: "Success", Type: "AWS-HMAC" })
    const left = Date.parse(lent.Expiration ?? "") - Date.now()
    expect(left).toBeGreaterThan(5 * 3600_000)
    expect(await get(config(lent))).toBe("schema=1\n 200")
    vi.useFakeTimers({ now: Date.now() + left + 1000, toFake: ["Date"] })
    expect(await get(config(lent))).toMatch(/ExpiredToken.* 400$/s)
  })

  test("goes on with them when the sandbox was started again meanwhile", async () => {
    const lent = await credentials()
    on.know({ keys: lend() })
    expect(await get(config(lent))).toBe("schema=1\n 200")
  })

  test("is told what the role may not have, and what is not there, by one and the same 403", async () => {
    const lent = await credentials()
    expect(await get(config(lent), `${host}/other`)).toMatch(/<Code>AccessDenied<.* 403$/s)
    expect(await get(config(lent), `${host}/trading/poc/gone`)).toMatch(/<Code>AccessDenied<.* 403$/s)
  })

  test("is nobody without credentials, and gets nothing with those of another machine", async () => {
    expect((await on.call(`curl -s -w %{http_code} ${record}`)).out).toMatch(/403$/)
    expect(await get("")).toMatch(/InvalidAccessKeyId.* 403$/s)
    const lent = await credentials()
    expect(await get(config({ ...lent, SecretAccessKey: "guessed" }))).toMatch(/InvalidToken.* 400$/s)
    expect(await get(config({ ...lent, Token: `${lent.Token?.slice(0, -1)}!` }))).toMatch(/InvalidToken.* 400$/s)
    on.know({ id: "i-0fedcba9876543210" })
    expect(await get(config(lent))).toMatch(/InvalidToken.* 400$/s)
  })

  test("is refused where it signs for another region, and where it does more than to get", async () => {
    const options = config(await credentials())
    expect(await get(options, record, "aws:amz:eu-west-1:s3")).toMatch(/AuthorizationHeaderMalformed.* 400$/s)
    for (const line of [
      ["curl", "-X", "DELETE", "--aws-sigv4", "aws:amz:us-east-1:s3", "-K", "-", record],
      ["curl", "--aws-sigv4", "aws:amz:us-east-1:s3", "-K", "-", `${host}/?list-type=2`],
      ["curl", "--aws-sigv4", "aws:amz:us-east-1:ec2", "-K", "-", record],
      ["curl", "--aws-sigv4", "aws:amz:us-east-1:s3", "-K", "-", "https://ec2.us-east-1.amazonaws.com/"],
    ]) {
      expect(await on.call(line, options)).toMatchObject({ code: 125 })
    }
  })

  test("takes credentials from its input alone, where nobody on the machine reads them", async () => {
    const { AccessKeyId, SecretAccessKey } = await credentials()
    const line = `curl -s --user ${AccessKeyId}:${SecretAccessKey} --aws-sigv4 aws:amz:us-east-1:s3 ${record}`
    expect(await on.call(line)).toMatchObject({ code: 125 })
    const strange = await on.call(`curl -s -K - ${record}`, 'output = "/etc/passwd-of-canary"\n')
    expect(strange).toMatchObject({ code: 125 })
    expect(strange.err).not.toContain("canary")
  })

  test("is heard by nobody where no packet gets out, and by S3 alone through its endpoint", async () => {
    const options = config(await credentials())
    on.know({ reach: "store", keys: lend() })
    expect(await get(options)).toBe("schema=1\n 200")
    on.know({ reach: "nothing" })
    expect(
      await on.call(["curl", "-s", "--aws-sigv4", "aws:amz:us-east-1:s3", "-K", "-", record], options),
    ).toMatchObject({ code: 7 })
  })
})

test("a machine without a role is lent nothing", async () => {
  const on = bench()
  on.loseRole()
  const token = await on.ok(`curl -sf -X PUT -H X-aws-ec2-metadata-token-ttl-seconds:60 ${metadata}/api/token`)
  const line = `curl -sf -H X-aws-ec2-metadata-token:${token} ${metadata}/meta-data/iam/security-credentials/`
  expect(await on.call(line)).toMatchObject({ code: 22 })
  on.close()
})
