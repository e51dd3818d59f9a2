import { PutAlternateContactCommand } from "@aws-sdk/client-account"
import { CreateTrailCommand } from "@aws-sdk/client-cloudtrail"
import { UpdateAccountPasswordPolicyCommand } from "@aws-sdk/client-iam"
import { CreateBucketCommand } from "@aws-sdk/client-s3"
import { PutPublicAccessBlockCommand } from "@aws-sdk/client-s3-control"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import type { Session } from "../../src/aws/clients.ts"
import { stateBucketName } from "../../src/aws/names.ts"
import { type AccountWish, account } from "../../src/blueprints/account.ts"
import { accountItems } from "../../src/config/account.ts"
import { graphOf } from "../../src/engine/order.ts"
import { withItems } from "../laws/account-ground.ts"
import { attacksOn, carryOut, roundsOf } from "../laws/attacks.ts"
import { deviations, isChange, troubles } from "../laws/evidence.ts"
import { type Moto, startMoto } from "./moto.ts"
import { motoAccount } from "./moto-account.ts"
import { accountStanding } from "./moto-account-standing.ts"
import { unserved, untampered } from "./moto-bootstrap.ts"
import { corrections } from "./moto-differences.ts"
import { type MotoGround, motoGround, place } from "./moto-ground.ts"

const nothing = { done: [], failed: [], skipped: [], remains: [] }
const items = accountItems.filter((item) => !unserved.some((row) => row.item === item))
const wish: AccountWish = { ...withItems(...items), place }
const tampered = graphOf(account(wish)).steps.filter(({ kind }) => !untampered.some((row) => row.kind === kind.name))

const groundOn = (moto: Moto) => motoGround(moto, account, ({ name }) => !unserved.some(({ kind }) => kind === name))

describe("the account's baseline on moto", () => {
  let moto: Moto
  let on: MotoGround<AccountWish>
  beforeAll(async () => {
    moto = await startMoto(corrections.map(({ name }) => name))
  })
  afterAll(() => moto.close())
  beforeEach(async () => {
    await moto.reset()
    on = await groundOn(moto)
    return on.close
  })

  it.each([
    ["an account that nobody has looked after", async () => {}, []],
    ["an account with settings and a trail of its own", somebodyBefore, ["trail/main"]],
  ])("makes %s as wanted, changes nothing in a second run, and leaves what was there", async (_, begin, adopted) => {
    await begin(on.outsider)
    const before = await accountStanding(on.outsider)
    expect(troubles(await on.deploy(wish, { adopt: new Set(adopted) }))).toEqual([])
    expect(deviations(await on.look(wish))).toEqual([])
    expect((await accountStanding(on.outsider)).filter((one) => !before.includes(one)).length).toBeGreaterThan(30)

    const made = changesOf(on)
    expect(await on.deploy(wish)).toEqual(nothing)
    expect(changesOf(on)).toEqual(made)

    const ended = await on.takeDown(wish)
    expect(troubles(ended)).toEqual([])
    expect(ended.remains.map(({ step }) => step.key)).toEqual([...adopted, "kms-key/trail"])
    const stays = [`bucket ${stateBucketName(place)}`, ...linked.map((name) => `role AWSServiceRoleFor${name}`)]
    // The key stays with the files that are encrypted with it, as long as nobody gives these up.
    const key = "alias/smart0dte_account_trail"
    expect(await accountStanding(on.outsider)).toEqual([...before, ...stays, key].toSorted())
    expect(troubles(await on.takeDown(wish, true))).toEqual([])
    expect(await accountStanding(on.outsider)).toEqual([...before, ...stays].toSorted())
    expect(await on.takeDown(wish)).toEqual(nothing)
  })
})

describe("the account's baseline on moto, tampered with from outside", () => {
  let moto: Moto
  let on: MotoGround<AccountWish>
  beforeAll(async () => {
    moto = await startMoto(corrections.map(({ name }) => name))
    on = await groundOn(moto)
    await on.deploy(wish)
  })
  afterAll(async () => {
    on.close()
    await moto.close()
  })

  it.each(roundsOf(tampered.map(attacksOn)).map((round, n) => [n + 1, round] as const))(
    "is seen field by field, and put right (round %i)",
    async (_, round) => {
      const expected = await carryOut(on.outsider, await on.look(wish), round)
      const found = deviations(await on.look(wish)).toSorted()
      const failed = troubles(await on.deploy(wish))
      const left = deviations(await on.look(wish))
      // All at the end, so that a round that is wrong does not spoil the next.
      expect({ found, failed, left }).toEqual({ found: expected, failed: [], left: [] })
    },
  )
})

describe("moto as it comes", () => {
  it("still lacks what is left out of the account", async () => {
    const moto = await startMoto([])
    const on = await groundOn(moto)
    for (const { item, isSo } of unserved) expect(await isSo(on.outsider), item).toBe(true)
    on.close()
    await moto.close()
  })
})

it("every row of what is left out is of an item, and of a kind that there is", () => {
  const kinds = new Set(graphOf(account({ ...withItems(...accountItems), place })).steps.map(({ kind }) => kind.name))
  expect([...unserved, ...untampered].filter(({ kind }) => !kinds.has(kind))).toEqual([])
})

/** Never taken away: whatever else in the account uses the service needs it as well. */
const linked = ["ElastiCache", "ElasticLoadBalancing", "RDS"]

/** How often each change was asked for; the lock's and the record's own writes are not of the account. */
const changesOf = ({ session }: MotoGround<AccountWish>) =>
  Object.entries(session.calls().byOperation).filter(([call]) => isChange(call) && call !== "s3:PutObject")

/** What somebody has set by hand, long before. */
async function somebodyBefore({ iam, contacts, s3, s3control, cloudtrail }: Session): Promise<void> {
  await iam.send(new UpdateAccountPasswordPolicyCommand({ MinimumPasswordLength: 10, MaxPasswordAge: 90 }))
  const person = { Name: "Eve Before", Title: "Owner", EmailAddress: "eve@example.com", PhoneNumber: "1" }
  await contacts.send(new PutAlternateContactCommand({ AlternateContactType: "BILLING", ...person }))
  const PublicAccessBlockConfiguration = {
    BlockPublicAcls: true,
    IgnorePublicAcls: false,
    BlockPublicPolicy: false,
    RestrictPublicBuckets: false,
  }
  await s3control.send(new PutPublicAccessBlockCommand({ AccountId: motoAccount, PublicAccessBlockConfiguration }))
  await s3.send(new CreateBucketCommand({ Bucket: "trail-of-old" }))
  await cloudtrail.send(
    new CreateTrailCommand({ Name: "of-old", S3BucketName: "trail-of-old", IsMultiRegionTrail: true }),
  )
}
