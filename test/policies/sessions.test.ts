import { AssumeRoleWithWebIdentityCommand, GetSessionTokenCommand, STSClient } from "@aws-sdk/client-sts"
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest"
import { openCloud, type Session } from "../../src/aws/clients.ts"
import { areArmed } from "../../src/aws/trading/credentials.ts"
import { readyToGoLive } from "../commands/live-ground.ts"
import { type World, world } from "../commands/small-world.ts"
import { type Prepared, prepared, scope, type TradingGround, tradingGround } from "../commands/trading-ground.ts"
import { roleOf, subjectOf } from "../process/ci-identity.ts"
import { workflows } from "../process/ci-page.ts"
import { type Device, deviceOf, keysOf, type Lent, userWithKey } from "../sandbox/services/sts/ground.ts"
import { tokenOf } from "../sandbox/services/sts/tokens.ts"

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let one: Prepared
let on: TradingGround
let at: World
let sessions: Session[]
beforeAll(async () => {
  one = await prepared(1)
})
beforeEach(async () => {
  on = await tradingGround(one)
  at = world()
  sessions = []
  at.as = as
  at.records.push(scope)
  at.settings.file = 'account: "111122223333"'
  await readyToGoLive(on)
})
afterEach(async () => {
  for (const session of sessions) session.close()
  await on.close()
})

const as = async (credentials: Lent): Promise<Session> => {
  const { region, url } = on.sandbox.connection
  const session = await openCloud({ region, endpoint: url, onlyOrigin: url, credentials, clock: on.clock })
  sessions.push(session)
  return session
}

/** A command line of somebody's, with his own keys. */
const run = async (who: Session, line: string): Promise<number> => {
  at.said.out = ""
  at.said.err = ""
  at.aws = who
  return at.run(line)
}

const words = () => (at.said.out + at.said.err).replaceAll(/\s+/g, " ")
const live = "switch-mode live --system smart-0dte --waive soak,backup,hours --reason rehearsed"

interface Trader {
  /** With a key alone. */
  readonly plain: Session
  /** With a session, for which a code was shown; each is good once. */
  withCode(): Promise<Session>
  withNextCode(keys?: Lent): Promise<Session>
}

async function trader(name: string): Promise<Trader> {
  const keys = await userWithKey(on.cloud, name)
  expect(await run(on.cloud, `iam policy trader --attach ${name}`), words()).toBe(0)
  const phone: Device = await deviceOf(on.cloud, name)
  const plain = await as(keys)
  const withSession = async (steps: number, credentials: Lent = keys) => {
    const { region, url } = on.sandbox.connection
    const sts = new STSClient({ endpoint: url, region, credentials })
    const input = { SerialNumber: phone.serial, TokenCode: phone.code(steps) }
    const { Credentials } = await sts.send(new GetSessionTokenCommand(input))
    return as(keysOf(Credentials))
  }
  return { plain, withCode: () => withSession(0), withNextCode: (other) => withSession(1, other) }
}

const enforce = () => on.sandbox.world.enforcement.switch(true)

/** What a dry run prints. */
async function token(who: Session): Promise<string> {
  expect(await run(who, `${live} --dry-run --output json`), words()).toBe(0)
  const checks = at.lines().find(({ type }) => type === "live-checks") as { token?: { id?: string } } | undefined
  return checks?.token?.id ?? ""
}

const standing = () => on.machines.standing(on.nodes[0] ?? "", "smart-0dte")

async function nothingIsLive() {
  expect(on.machines.orders.filter((order) => order.startsWith("switch"))).toEqual([])
  expect(standing()).toMatchObject({ mode: "testing", trading: "active" })
  expect(await areArmed(on.cloud, scope)).toBe(false)
}

describe("a trader whose policy is enforced", () => {
  it("goes live with a second factor alone, and so does whoever approves it", async () => {
    const [tess, ben] = [await trader("tess"), await trader("ben")]
    enforce()
    const approve = async (id: string) => run(await ben.withCode(), `approve live --token ${id}`)
    const early = await token(tess.plain)
    expect(await run(ben.plain, `approve live --token ${early}`)).toBe(6)
    expect(words()).toContain(`s3:PutObject is missing on arn:aws:s3:::smart0dte-111122223333-us-east-1-state/trading`)
    expect(await approve(early), words()).toBe(0)
    expect(await run(tess.plain, `${live} --confirm-live ${early}`)).toBe(1)
    expect(words()).toContain("secretsmanager:PutResourcePolicy is not allowed")
    await nothingIsLive()
    const session = await tess.withCode()
    const id = await token(session)
    on.machines.orders.length = 0
    expect(await run(ben.plain, `approve live --token ${id}`)).toBe(6)
    expect(await run(await ben.withNextCode(), `approve live --token ${id}`), words()).toBe(0)
    expect(await run(session, `${live} --confirm-live ${id}`), words()).toBe(0)
    expect(standing()).toMatchObject({ mode: "live", trading: "active" })
    expect(await areArmed(on.cloud, scope)).toBe(true)
  })

  it("loses the sessions that began before the keys were found to have leaked, and no later one", async () => {
    const tess = await trader("tess")
    enforce()
    const before = await tess.withCode()
    await token(before)
    expect(await run(on.cloud, "iam revoke tess --show-key"), words()).toBe(0)
    const [accessKeyId = "", secretAccessKey = ""] = [/AKIA\w+/g, /sandbox[\w-]{30,}/g].map(
      (pattern) => at.said.out.match(pattern)?.at(-1) ?? "",
    )
    expect(await run(before, `${live} --dry-run`)).toBe(6)
    expect(words()).toContain("an identity-based policy denies it")
    await expect(tess.withNextCode()).rejects.toMatchObject({ name: "InvalidClientTokenId" })
    // Not all of AWS has heard of it at once: the first half minute counts as before.
    await on.clock.sleep(32_000)
    const after = await tess.withNextCode({ accessKeyId, secretAccessKey })
    await token(after)
  })
})

describe("a job of GitHub's", () => {
  const repo = "repo:acme/trading"
  const main = `${repo}:ref:refs/heads/main`
  const pull = `${repo}:pull_request`
  const gated = `${repo}:environment:live`
  const strangers = [
    "repo:acme/trading-2:ref:refs/heads/main",
    "repo:emca/trading:ref:refs/heads/main",
    `${repo}:ref:refs/heads/other`,
    `${repo}:ref:refs/tags/main`,
    `${repo}:environment:Live`,
    `${repo}:environment:poc`,
    "repo:acme/trading-2:environment:live",
    "repo:acme/trading-2:pull_request",
  ]

  const job = async (name: string, sub: string): Promise<Session> => {
    const { region, url } = on.sandbox.connection
    const sts = new STSClient({ endpoint: url, region, credentials: { accessKeyId: "", secretAccessKey: "" } })
    const { Credentials } = await sts.send(
      new AssumeRoleWithWebIdentityCommand({
        RoleArn: `arn:aws:iam::111122223333:role/smart0dte/ci/smart0dte-ci-poc-${name}`,
        RoleSessionName: "GitHubActions",
        WebIdentityToken: tokenOf({ sub }),
      }),
    )
    return as(keysOf(Credentials))
  }

  it.each([
    ["plan", [main, pull]],
    ["deploy", [main]],
    ["live", [gated]],
  ])("takes on the role %s with the tokens of %j, and with no others", async (name, subjects) => {
    expect(await run(on.cloud, "iam ci-role --repo acme/trading"), words()).toBe(0)
    enforce()
    const opened: string[] = []
    for (const sub of [main, pull, gated, ...strangers])
      await job(name, sub).then(
        () => opened.push(sub),
        (error: Error) => expect(error).toMatchObject({ name: "AccessDenied", $metadata: { httpStatusCode: 403 } }),
      )
    expect(opened).toEqual(subjects)
  })

  it("of the page for jobs takes on the role that it asks for, with the token that GitHub gives it", async () => {
    expect(await run(on.cloud, "iam ci-role --repo acme/trading"), words()).toBe(0)
    const asked: string[] = []
    for (const workflow of workflows)
      for (const one of Object.values(workflow.jobs)) {
        const name = roleOf({ workflow, job: one })
        await job(name, subjectOf({ workflow, job: one }))
        asked.push(`${workflow.name} ${name}`)
      }
    expect(asked).toEqual(["plan plan", "deploy deploy", "drift plan", "destroy deploy", "live live", "live live"])
  })

  it("goes live in the environment alone, and with an approval that it cannot give", async () => {
    const ben = await trader("ben")
    expect(await run(on.cloud, "iam ci-role --repo acme/trading"), words()).toBe(0)
    enforce()
    const session = await job("live", gated)
    const id = await token(session)
    expect(await run(session, `approve live --token ${id}`)).not.toBe(0)
    expect(await run(session, `${live} --confirm-live ${id}`)).toBe(3)
    await nothingIsLive()
    expect(await run(await ben.withCode(), `approve live --token ${id}`), words()).toBe(0)
    for (const [name, sub] of [
      ["plan", main],
      ["deploy", main],
    ] as const) {
      expect(await run(await job(name, sub), `${live} --confirm-live ${id}`)).not.toBe(0)
      await nothingIsLive()
    }
    expect(await run(session, `${live} --confirm-live ${id}`), words()).toBe(0)
    expect(standing()).toMatchObject({ mode: "live", trading: "active" })
  })
})
