import { randomBytes } from "node:crypto"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { filesBelow, filesOfNode, mayHold, places, putSecret } from "./canary/places.ts"
import { type Secret, type SecretRecord, secretsIn, secretsOf } from "./canary/secrets.ts"
import { type CanaryYard, canaryYard } from "./canary/yard.ts"

/**
 * Everything that an operator does with an environment, with --debug, and then a search for every secret in every place
 * where somebody could read it who may not. Each place is shown to be looked at: a text that is left there is found.
 */
describe("a secret", { timeout: 300_000 }, () => {
  let at: CanaryYard
  let secrets: readonly Secret[]
  const codes: Record<string, number | undefined> = {}
  const did = async (line: string, input?: string) => {
    codes[line] = (await at.run(line, input)).exitCode
  }

  beforeAll(async () => {
    at = await canaryYard()
    await deployed(at)
    await setAll(at)
    for (const name of ["smart-0dte GIT_TOKEN", "smart-0dte POLYGON_API_KEY", "mag7-7dte SLACK_WEBHOOK_URL"])
      await did(`secrets set ${name}`, canary())
    secrets = [...secretsOf(await at.admin.snapshot()), ...tokensOfInflux(at)]
    await did("secrets list")
    await did("release smart-0dte --ref talkative")
    await did("logs smart-0dte backend --lines 50")
    await did("exec smart-0dte backend -- env")
    await did("release mag7-7dte --ref talkative")
    await did("rollback smart-0dte")
    await did("restart mag7-7dte backend")
    await did("ps --output json")
    await did("logs --since 1h")
    await did("exec smart-0dte nothing -- ls")
    await did("backup create")
    await did("access add-me --for 2h")
    await did("plan single --log-days 60 --out wish.plan --output markdown")
    await did("deploy ./wish.plan --yes --no-replace --output json")
    await did("doctor --apps")
    for (const look of ["status", "outputs", "drift", "cost"]) await did(`${look} --output json`)
    await opened(at)
    await followed(at)
    secrets = [...secrets, ...tokensOfSessions(at)]
  }, 600_000)
  afterAll(() => at.close())

  it("was given to everything that has one, and what was done ended as it should", () => {
    const failed = ["release mag7-7dte --ref talkative", "exec smart-0dte nothing -- ls"]
    expect(Object.entries(codes).filter(([line, code]) => code !== (failed.includes(line) ? 1 : 0))).toEqual([])
    const names = secrets.map(({ name }) => name.replace(/^rds!.*#/, "rds#").replace(/^smart0dte\/poc\//, ""))
    for (const system of ["smart-0dte", "mag7-7dte"])
      for (const line of ["generated#DATABASE_PASSWORD", "generated#CACHE_PASSWORD", "generated#JWT_SECRET_KEY"])
        expect(names).toContain(`${system}/${line}`)
    expect(new Set(names.filter((name) => name.includes("/keys#"))).size).toBe(20)
    expect(names).toEqual(expect.arrayContaining(["smart-0dte/keys#GIT_TOKEN", "mag7-7dte/keys#SLACK_WEBHOOK_URL"]))
    expect(names).toEqual(expect.arrayContaining(["broker-live/keys#IBKR_PASSWORD", "broker-paper/keys#IBKR_USERNAME"]))
    expect(names).toEqual(expect.arrayContaining(["node/generated#INFLUXDB_ADMIN_TOKEN", "rds#password"]))
    expect(names).toContain("the token of a session")
    expect(names).toEqual(expect.arrayContaining(["influx#smart-0dte", "influx#mag7-7dte"]))
  })

  it("is where it has to be, for root alone: there the same search finds it", () => {
    const held = Object.entries(filesOfNode(at)).filter(([file]) => mayHold.some((name) => name.test(file)))
    const found = new Set(held.flatMap(([, text]) => secretsIn(text, secrets)))
    const unused = secrets.map(({ name }) => name).filter((name) => !found.has(name))
    expect(held.length).toBeGreaterThan(8)
    // What a node uses and puts down nowhere, or reads only to go live; and in development the systems are given none
    // of the keys for data.
    expect(unused.filter((name) => !/#GIT_TOKEN$|broker-live.*#IBKR_|_API_KEY$|^rds!|session$/.test(name))).toEqual([])
  })

  it("is taken out of what applications print", () => {
    const told = (line: string) => at.printed.find((text) => text.startsWith(`$ ${line}`)) ?? ""
    const masked = /postgresql(\+asyncpg)?:\/\/\w+:\*\*\*@/
    expect(told("logs smart-0dte backend")).toMatch(masked)
    expect(told("exec smart-0dte backend -- env")).toMatch(masked)
    expect(told("release mag7-7dte").replaceAll(/\n */g, "")).toMatch(masked)
  })

  it.each(places)("is not in $name", async ({ read }) => {
    const texts = await read(at)
    const found = Object.entries(texts).flatMap(([where, text]) =>
      secretsIn(text, secrets).map((name) => `${name} in ${where}`),
    )
    expect(found).toEqual([])
  })

  it.each(places)("would be found in $name", async ({ plant, read }) => {
    const planted = { name: "planted", core: `canary${randomBytes(16).toString("hex")}` }
    await plant(at, planted.core)
    const texts = Object.values(await read(at))
    expect(texts.some((text) => secretsIn(text, [planted]).length > 0)).toBe(true)
  })
})

/** Real processes take the time they take: on a busy machine a node's start may be waited for by the next run. */
async function deployed(at: CanaryYard): Promise<void> {
  for (let runs = 1; ; runs++) {
    const { all, exitCode } = await at.run("deploy single --yes --email ops@example.com")
    if (exitCode === 0) return
    if (exitCode !== 7 || runs === 3) throw new Error(all)
  }
}

const canary = () => `canary${randomBytes(16).toString("hex")}'$&@ "x`

/** All that somebody sets, in one call for each system; some are set by the command besides. */
async function setAll(at: CanaryYard): Promise<void> {
  const records = Object.values((await at.admin.snapshot())["secretsmanager/secret@us-east-1"] ?? {})
  for (const { Name, versions } of records as readonly SecretRecord[]) {
    const text = versions[0]?.SecretString ?? ""
    if (Name.endsWith("/keys"))
      await putSecret(
        at,
        Name,
        text.replaceAll(/=unset$/gm, () => `=${canary()}`),
      )
  }
}

const tokensOfInflux = (at: CanaryYard): readonly Secret[] =>
  Object.entries(filesBelow(join(at.dir, "volumes"))).flatMap(([file, core]) => {
    const system = /tokens\/([a-z0-9-]+)$/.exec(file)?.[1]
    return system === undefined ? [] : [{ name: `influx#${system}`, core: core.trim() }]
  })

/** They are handed on to the plugin by its environment. */
const tokensOfSessions = (at: CanaryYard): readonly Secret[] =>
  [...at.recorder.wrapped().matchAll(/TokenValue\W+([\w+/]{30,})/g)].map(([, core = ""]) => ({
    name: "the token of a session",
    core,
  }))

/** A tunnel to a system, and a page through it. */
async function opened(at: CanaryYard): Promise<void> {
  const child = at.start("open smart-0dte --no-browser")
  for await (const text of child.iterable({ from: "all" })) {
    const url = /url +(http:\S+)/.exec(String(text))?.[1]
    if (url === undefined) continue
    expect((await fetch(url)).status).toBe(200)
    child.kill("SIGINT")
  }
  expect((await child).exitCode).toBe(130)
}

async function followed(at: CanaryYard): Promise<void> {
  const child = at.start("logs smart-0dte --follow")
  for await (const text of child.iterable({ from: "all" }))
    if (/serving the API/.test(String(text))) child.kill("SIGINT")
  expect((await child).exitCode).toBe(130)
}
