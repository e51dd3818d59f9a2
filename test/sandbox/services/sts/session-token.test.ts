import { ListUsersCommand, PutUserPolicyCommand } from "@aws-sdk/client-iam"
import { AssumeRoleCommand, GetCallerIdentityCommand, GetSessionTokenCommand } from "@aws-sdk/client-sts"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import {
  allowing,
  type Device,
  deviceOf,
  keysOf,
  type Lent,
  refusalOf,
  type StsGround,
  stsGround,
  userWithKey,
} from "./ground.ts"

let at: StsGround
let ann: Lent & { readonly arn: string }
let phone: Device
beforeAll(async () => {
  at = await stsGround()
  ann = await userWithKey(at.own, "ann")
  phone = await deviceOf(at.own, "ann")
  await at.own.iam.send(new PutUserPolicyCommand({ UserName: "ann", PolicyName: "all", PolicyDocument: allowing({}) }))
})
afterAll(() => at.close())

const session = async (input: object = {}, who: Lent = ann) =>
  (await at.as(who).sts.send(new GetSessionTokenCommand(input))).Credentials
const SerialNumber = () => phone.serial

describe("a session of a user", () => {
  it("is the user himself, for half a day or as long as is asked for", async () => {
    const lent = await session()
    expect(Math.round(((lent?.Expiration?.getTime() ?? 0) - Date.now()) / 3_600_000)).toBe(12)
    const { sts } = at.as(keysOf(lent))
    const { $metadata: _, ...identity } = await sts.send(new GetCallerIdentityCommand({}))
    expect(identity).toEqual({
      Account: "111122223333",
      Arn: ann.arn,
      UserId: expect.stringMatching(/^AIDA[A-Z2-7]{17}$/),
    })
    const { $metadata: __, ...own } = await at.as(ann).sts.send(new GetCallerIdentityCommand({}))
    expect(own).toEqual(identity)
    const short = await session({ DurationSeconds: 900 })
    expect(Math.round(((short?.Expiration?.getTime() ?? 0) - Date.now()) / 60_000)).toBe(15)
    expect(await refusalOf(session({ DurationSeconds: 899 }))).toContain("greater than or equal to 900 (400)")
    expect(await refusalOf(session({ DurationSeconds: 129_601 }))).toContain("less than or equal to 129600 (400)")
  })

  it("has a second factor where a code is right, which is good once", async () => {
    const TokenCode = phone.code(0)
    const lent = await session({ SerialNumber: SerialNumber(), TokenCode })
    await at.as(keysOf(lent)).iam.send(new ListUsersCommand({}))
    for (const used of [TokenCode, phone.code(-1)])
      expect(await refusalOf(session({ SerialNumber: SerialNumber(), TokenCode: used }))).toBe(
        "AccessDenied: MultiFactorAuthentication failed with invalid MFA one time pass code. (403)",
      )
    await session({ SerialNumber: SerialNumber(), TokenCode: phone.code(1) })
  })

  it.each([
    [
      "a code far from now",
      () => ({ SerialNumber: SerialNumber(), TokenCode: phone.code(20) }),
      "invalid MFA one time",
    ],
    ["no code", () => ({ SerialNumber: SerialNumber() }), "must provide both MFA serial number and one time pass"],
    ["no device", () => ({ TokenCode: "123456" }), "must provide both MFA serial number and one time pass code"],
    [
      "nobody's device",
      () => ({ SerialNumber: `${SerialNumber()}x`, TokenCode: "123456" }),
      "associated with this user",
    ],
  ])("is none with %s", async (_, input, why) => {
    const refusal = await refusalOf(session(input()))
    expect(refusal).toMatch(/^AccessDenied: MultiFactorAuthentication failed.*\(403\)$/)
    expect(refusal).toContain(why)
  })

  it("is none with another user's device", async () => {
    const bob = await userWithKey(at.own, "bob")
    const input = { SerialNumber: SerialNumber(), TokenCode: phone.code(1) }
    expect(await refusalOf(session(input, bob))).toContain("associated with this user")
  })

  it("is nobody to IAM without a second factor, and gives no further one", async () => {
    const { iam, sts } = at.as(keysOf(await session()))
    expect(await refusalOf(iam.send(new ListUsersCommand({})))).toMatch(/^InvalidClientTokenId: .*\(403\)$/)
    expect(await refusalOf(sts.send(new GetSessionTokenCommand({})))).toBe(
      "AccessDenied: Cannot call GetSessionToken with session credentials (403)",
    )
    const assume = new AssumeRoleCommand({ RoleArn: "arn:aws:iam::111122223333:role/none", RoleSessionName: "s1" })
    expect(await refusalOf(sts.send(assume))).toContain("not authorized to perform: sts:AssumeRole")
  })
})
