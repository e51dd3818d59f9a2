import { DescribeVpcsCommand, EC2Client } from "@aws-sdk/client-ec2"
import {
  DeleteAccessKeyCommand,
  DeleteUserCommand,
  GetAccessKeyLastUsedCommand,
  UpdateAccessKeyCommand,
} from "@aws-sdk/client-iam"
import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3"
import { DescribeInstanceInformationCommand, SSMClient } from "@aws-sdk/client-ssm"
import { GetCallerIdentityCommand, GetSessionTokenCommand } from "@aws-sdk/client-sts"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { SESSIONS, type SessionRecord } from "../../src/sandbox/sessions.ts"
import { keysOf, type Lent, refusalOf, type StsGround, stsGround, userWithKey } from "./services/sts/ground.ts"

let at: StsGround
let ann: Lent & { readonly arn: string }
beforeEach(async () => {
  at = await stsGround()
  ann = await userWithKey(at.own, "ann")
})
afterEach(() => at.close())

const ask = (keys: Lent) => at.as(keys).sts.send(new GetCallerIdentityCommand({}))
const code = async (keys: Lent) => (await refusalOf(ask(keys))).split(":")[0]
const AccessKeyId = () => ann.accessKeyId
const UserName = "ann"

describe("a user's key", () => {
  it("signs as its user", async () => {
    expect(await ask(ann)).toMatchObject({ Arn: ann.arn })
  })

  it("is worth nothing while it is switched off, and for ever once it is deleted", async () => {
    const turn = (Status: "Active" | "Inactive") =>
      at.own.iam.send(new UpdateAccessKeyCommand({ UserName, AccessKeyId: AccessKeyId(), Status }))
    await turn("Inactive")
    expect(await code(ann)).toBe("InvalidClientTokenId")
    await turn("Active")
    expect(await ask(ann)).toMatchObject({ Arn: ann.arn })
    await at.own.iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId: AccessKeyId() }))
    expect(await code(ann)).toBe("InvalidClientTokenId")
  })

  it("is worth nothing with another secret, or another's name", async () => {
    const bob = await userWithKey(at.own, "bob")
    expect(await code({ ...ann, secretAccessKey: bob.secretAccessKey })).toBe("SignatureDoesNotMatch")
    expect(await code({ ...ann, accessKeyId: "AKIASANDBOXNOBODY000" })).toBe("InvalidClientTokenId")
    const { accessKeyId } = at.sandbox.connection
    expect(await code({ ...ann, accessKeyId })).toBe("SignatureDoesNotMatch")
  })
})

describe("a key that was lent", () => {
  const lent = async () => keysOf((await at.as(ann).sts.send(new GetSessionTokenCommand({}))).Credentials)

  /** As after a while. */
  const end = ({ accessKeyId }: Lent) => {
    const draft = at.sandbox.world.store.open(at.sandbox.world.clock.now())
    const kept = draft.table<SessionRecord>(SESSIONS)
    const session = kept.get(accessKeyId)
    if (!session) throw new Error("the session is not kept")
    kept.put(accessKeyId, { ...session, Expires: Date.now() - 1 })
    draft.commit()
  }

  it("is good with its token alone, and as long as it was lent for", async () => {
    const { accessKeyId, secretAccessKey, ...token } = await lent()
    const keys = { accessKeyId, secretAccessKey }
    expect(await ask({ ...keys, ...token })).toMatchObject({ Arn: ann.arn })
    expect(await code(keys)).toBe("InvalidClientTokenId")
    expect(await code({ ...keys, sessionToken: (await lent()).sessionToken ?? "" })).toBe("InvalidClientTokenId")
    end(keys)
    expect(await code({ ...keys, ...token })).toBe("ExpiredToken")
    expect(await code(keys)).toBe("InvalidClientTokenId")
  })

  it("has ended in the words of each service", async () => {
    const credentials = await lent()
    end(credentials)
    const { region, url } = at.sandbox.connection
    const given = { endpoint: url, region, credentials, maxAttempts: 1 }
    const [ec2, s3, ssm] = [
      new EC2Client(given),
      new S3Client({ ...given, forcePathStyle: true }),
      new SSMClient(given),
    ]
    const said = await Promise.all([
      refusalOf(ec2.send(new DescribeVpcsCommand({}))),
      refusalOf(s3.send(new ListBucketsCommand({}))),
      refusalOf(ssm.send(new DescribeInstanceInformationCommand({}))),
    ])
    for (const client of [ec2, s3, ssm]) client.destroy()
    const token = "security token included in the request is expired"
    expect(said).toEqual([
      `RequestExpired: the ${token} (400)`,
      `ExpiredToken: the ${token} (400)`,
      `ExpiredTokenException: the ${token} (400)`,
    ])
  })

  it("outlives the key that it was lent for, and not the user", async () => {
    const keys = await lent()
    await at.own.iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId: AccessKeyId() }))
    expect(await ask(keys)).toMatchObject({ Arn: ann.arn })
    await at.own.iam.send(new DeleteUserCommand({ UserName }))
    expect(await code(keys)).toBe("InvalidClientTokenId")
    await userWithKey(at.own, "ann")
    expect(await code(keys)).toBe("InvalidClientTokenId")
  })

  it("may be of the sandbox's owner, who is no user of IAM's", async () => {
    const keys = keysOf((await at.own.sts.send(new GetSessionTokenCommand({}))).Credentials)
    at.sandbox.world.enforcement.switch(true)
    expect((await ask(keys)).Arn).toMatch(/:user\/sandbox$/)
    expect(await refusalOf(userWithKey(at.own, "Sandbox"))).toContain("EntityAlreadyExists")
  })
})

describe("the last use of a key", () => {
  const lastUse = async () =>
    (await at.own.iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: AccessKeyId() }))).AccessKeyLastUsed
  const pass = (minutes: number) => at.sandbox.world.clock.advance(minutes * 60_000)

  it("is nowhere before it is used, and not where somebody else signs with its name", async () => {
    expect(await lastUse()).toEqual({ ServiceName: "N/A", Region: "N/A" })
    await code({ ...ann, secretAccessKey: "another" })
    expect(await lastUse()).toEqual({ ServiceName: "N/A", Region: "N/A" })
  })

  it("is told by service and region, and not anew within a quarter of an hour", async () => {
    await ask(ann)
    const first = await lastUse()
    expect(first).toEqual({ ServiceName: "sts", Region: "us-east-1", LastUsedDate: expect.any(Date) })
    pass(14)
    await ask(ann)
    expect(await lastUse()).toEqual(first)
    pass(2)
    await ask(ann)
    const passed = ((await lastUse())?.LastUsedDate?.getTime() ?? 0) - (first?.LastUsedDate?.getTime() ?? 0)
    expect(Math.round(passed / 60_000)).toBe(16)
  })

  it("is told at once where it is for another service", async () => {
    await ask(ann)
    await refusalOf(at.as(ann).iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: AccessKeyId() })))
    expect(await lastUse()).toMatchObject({ ServiceName: "iam" })
  })
})
