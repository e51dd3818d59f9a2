import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { parse } from "yaml"
// Commands load it when they need it, which takes longer than the rest of a test.
import "../../src/blueprints/single.ts"
import type { Choice } from "../../src/app/ask.ts"
import { monthlyFor } from "../../src/commands/init-price.ts"
import { questions } from "../../src/commands/init-questions.ts"
import { planDeploy } from "../../src/commands/planning.ts"
import { siteFor } from "../../src/commands/site.ts"
import { settingsSchema } from "../../src/config/settings.ts"
import { resolveConfig, type Settings } from "../../src/config.ts"
import { NoAccess } from "../../src/errors.ts"
import { sandboxed } from "../aws/sandboxed.ts"
import { problemsIn } from "../config/published.ts"
import { type World, world } from "./small-world.ts"

let at: World
let folder: string
let file: string
beforeEach(async () => {
  at = world()
  folder = await mkdtemp(join(tmpdir(), "smart0dte-init-"))
  file = join(folder, "smart0dte.yaml")
})
afterEach(() => rm(folder, { recursive: true }))

const written = async (): Promise<Settings> =>
  resolveConfig({ flags: {}, env: {}, file: { path: "smart0dte.yaml", text: await readFile(file, "utf8") } })

const flags =
  "--allowed-cidrs 203.0.113.9 --region eu-west-1 --instance-type t3.large --egress public-ip --database-gb 60 " +
  "--email a@example.com,b@example.com --cache-engine redis --log-days 90 --account 123456789012"
const said = "--yes --email ops@example.com"

describe("init without a terminal", () => {
  it("writes what the flags say, so that the file means the same as they do", async () => {
    expect(await at.run(`init --yes --config ${file} ${flags}`), at.said.err).toBe(0)
    const given = {
      allowedCidrs: "203.0.113.9",
      region: "eu-west-1",
      instanceType: "t3.large",
      egress: "public-ip",
      databaseGb: "60",
      email: "a@example.com,b@example.com",
      cacheEngine: "redis",
      logDays: "90",
      account: "123456789012",
    }
    expect(await written()).toEqual(await resolveConfig({ flags: given, env: {} }))
    expect(problemsIn(await readFile(file, "utf8"))).toEqual([])
    expect(at.asked).toEqual([])
    expect(at.said.out).toContain(`smart0dte doctor --config ${file}`)
    expect(await readdir(folder)).toEqual(["smart0dte.yaml"])
  })

  it("says of every key what it is for, and what is as usual stands there as a comment", async () => {
    await at.run(`init ${said} --config ${file} --allowed-cidrs 203.0.113.9`)
    const text = await readFile(file, "utf8")
    expect(parse(text)).toEqual({ allowedCidrs: ["203.0.113.9/32"], email: ["ops@example.com"] })
    for (const key of Object.keys(settingsSchema.shape).filter((one) => !["allowedCidrs", "email"].includes(one)))
      expect(text, key).toMatch(new RegExp(`^# ${key}:`, "m"))
    expect(text).toContain("# Who may reach the load balancer")
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(102)
    // Each comment, taken for what it stands for, is a key with its usual value.
    const uncommented = text.replaceAll(/^# (?=[a-z][A-Za-z]*:)/gm, "")
    expect(Object.keys(parse(uncommented.replaceAll(/^# .*$/gm, ""))).length).toBeGreaterThan(20)
  })

  it.each([
    "--load-balancer false --flow-logs --budget 350 --sms +12025550123 --webhook https://hooks.example.com/a",
    "--sandbox --domain trading.example.com --vpc-cidr 10.30.0.0/20 --cache-type cache.t3.small --disk-gb 200",
    "--sandbox --database-major 16 --database-class db.t3.medium --public-key id.pub --profile ops --env poc",
    "--sandbox --repository smart-0dte=https://example.com/a.git --repository mag7-7dte=https://example.com/b.git",
  ])("writes what the published schema knows: %s", async (line) => {
    expect(await at.run(`init ${said} --config ${file} ${line}`), at.said.err).toBe(0)
    expect(problemsIn(await readFile(file, "utf8"))).toEqual([])
  })

  it("is measured by a schema that finds mistakes", () => {
    expect(problemsIn("egress: door\nroom: 1\ndiskGb: 5\n")).toHaveLength(3)
    expect(problemsIn("billing: { budget: 0 }\nsystems: { other: {} }\n")).toHaveLength(2)
  })

  it("takes repositories, and leaves the rest of a system as it was", async () => {
    await writeFile(file, "systems:\n  smart-0dte:\n    ref: v2\n")
    at.settings.file = await readFile(file, "utf8")
    const line = "--repository smart-0dte=https://example.com/a.git --repository mag7-7dte=https://example.com/b.git"
    expect(
      await at.run(`init ${said} --config ${file} --overwrite --allowed-cidrs 203.0.113.9 ${line}`),
      at.said.err,
    ).toBe(0)
    expect((await written()).systems).toMatchObject({
      "smart-0dte": { ref: "v2", repository: "https://example.com/a.git" },
      "mag7-7dte": { repository: "https://example.com/b.git" },
    })
    expect(await at.run(`init --config ${file} --overwrite --repository other=https://example.com/a.git`)).toBe(2)
  })

  it("never overwrites: without the word for it, it is wrong use", async () => {
    await writeFile(file, "# mine\n")
    expect(await at.run(`init --yes --config ${file} ${flags}`)).toBe(2)
    expect(at.said.err).toContain("--overwrite")
    expect(await readFile(file, "utf8")).toBe("# mine\n")
  })

  it.each([
    ["", "--yes, --email, --allowed-cidrs"],
    ["--yes", "--email, --allowed-cidrs"],
    ["--email ops@example.com", "--yes, --allowed-cidrs"],
    [said, "--allowed-cidrs"],
    ["--sandbox", "--yes, --email"],
    ["--load-balancer false", "--yes, --email"],
  ])("names all that lacks: %s", async (line, lacks) => {
    expect(await at.run(`init --config ${file} ${line}`)).toBe(2)
    expect(at.said.err).toContain(`lacks ${lacks}\n`)
    expect(await readdir(folder)).toEqual([])
  })

  it("wants nobody's address where nothing stands in front", async () => {
    expect(await at.run(`init ${said} --config ${file} --load-balancer false`), at.said.err).toBe(0)
    expect((await written()).loadBalancer).toBe(false)
  })

  it("takes a budget, and none that is no amount", async () => {
    expect(await at.run(`init ${said} --config ${file} --load-balancer false --budget 350`), at.said.err).toBe(0)
    expect((await written()).billing.budget).toBe(350)
    expect(await at.run(`init ${said} --config ${file} --overwrite --load-balancer false --budget lots`)).toBe(2)
  })

  it("says where prices are not those of the region", async () => {
    await at.run(`init ${said} --config ${file} --load-balancer false --region eu-west-1`)
    expect(at.said.err).toContain("the prices are those of us-east-1; eu-west-1 may be dearer")
  })

  it("asks nothing at a terminal either where it was told to", async () => {
    at.terminal.interactive = true
    expect(await at.run(`init ${said} --config ${file} --allowed-cidrs 203.0.113.9`), at.said.err).toBe(0)
    expect(await at.run(`init --yes --config ${file} --overwrite`)).toBe(2)
    expect(at.asked).toEqual([])
  })

  it("writes nothing where a value is wrong, or the place cannot be written to", async () => {
    expect(await at.run(`init --yes --config ${file} ${flags} --disk-gb little`)).toBe(2)
    expect(await readdir(folder)).toEqual([])
    expect(await at.run(`init --yes --config ${folder}/none/smart0dte.yaml ${flags}`)).toBe(1)
    expect(at.said.err).toContain("cannot be written: ENOENT")
  })

  it("writes none of what the sandbox puts in the place of what is missing", async () => {
    expect(await at.run(`init ${said} --sandbox --config ${file}`)).toBe(0)
    expect(parse(await readFile(file, "utf8"))).toEqual({ email: ["ops@example.com"] })
  })
})

describe("init at a terminal", () => {
  beforeEach(() => {
    at.terminal.interactive = true
  })
  /** Enter at every question, but for those that are named. */
  const all = (own: Record<string, string | boolean> = {}) =>
    asked.map(({ name, choices }) => own[name] ?? (choices ? (presets[name] ?? "") : true))
  /** Without profiles, nobody is asked for one. */
  const asked = questions.filter(({ name }) => name !== "profile")
  const presets: Record<string, string> = {
    account: "123456789012",
    topology: "single",
    instanceType: "t3.xlarge",
    databaseClass: "db.t3.small",
    cacheEngine: "valkey",
    cacheType: "cache.t3.micro",
    egress: "nat",
    loadBalancer: "true",
  }

  it("asks one after the other, with the price as it moves, and writes what was answered", async () => {
    at.answers.push(...all({ egress: "public-ip" }), "write")
    expect(await at.run(`init --config ${file}`), at.said.err).toBe(0)
    expect(await written()).toMatchObject({
      account: "123456789012",
      egress: "public-ip",
      allowedCidrs: ["198.51.100.7/32"],
    })
    expect(at.asked.find((question) => question.startsWith("the node's way out"))).toContain("246.26 USD")
    expect(at.asked.find((question) => question.startsWith("a load balancer"))).toContain("213.41 USD")
    expect(at.said.err).toContain("user/alice")
  })

  it("goes back to the question before, and forgets what was answered there", async () => {
    at.answers.push(true, "123456789012", "single", "t3.large", "<", "t3.xlarge", ...all().slice(4), "write")
    expect(await at.run(`init --config ${file}`), at.said.err).toBe(0)
    expect((await written()).instanceType).toBe("t3.xlarge")
    expect(at.asked.filter((question) => question.startsWith("size of the node"))).toHaveLength(2)
  })

  it("leaves out what makes no sense after what was answered", async () => {
    const own = all({ loadBalancer: "false" }).filter(
      (_, n) => !["allowedCidrs", "domain"].includes(asked[n]?.name ?? ""),
    )
    at.answers.push(...own, "write")
    expect(await at.run(`init --config ${file}`), at.said.err).toBe(0)
    expect((await written()).allowedCidrs).toBeUndefined()
    expect(at.asked.some((question) => question.startsWith("who may reach"))).toBe(false)
  })

  it("lets each of it be changed before anything is written", async () => {
    at.answers.push(...all(), "diskGb", "200", "egress", "<", "budget", "350", "write")
    expect(await at.run(`init --config ${file}`), at.said.err).toBe(0)
    expect(await written()).toMatchObject({ diskGb: 200, egress: "nat", billing: { budget: 350 }, systems: {} })
  })

  it("begins with what the file says, and takes back what is answered with none", async () => {
    at.settings.file =
      'account: "123456789012"\nregion: eu-west-1\ndomain: old.example.com\nemail: [ops@example.com]\n' +
      "diskGb: 150\nbilling: { budget: 200, thresholds: [50] }\n"
    await writeFile(file, at.settings.file)
    const none = { account: "none", domain: "none", email: "none", budget: "none" }
    at.answers.push(...all(none), "write", true)
    expect(await at.run(`init --config ${file}`), at.said.err).toBe(0)
    const { account, domain, email, region, diskGb, billing } = await written()
    expect({ account, domain, email, region, diskGb }).toEqual({ email: [], region: "eu-west-1", diskGb: 150 })
    expect(billing).toMatchObject({ thresholds: [50] })
    expect(billing.budget).toBeUndefined()
    expect(at.said.err).toContain("is there: the questions begin with what it says")
  })

  it("asks which credentials where there are profiles, and looks with those", async () => {
    at.profiles.push("ops", "trader")
    const opened: (string | undefined)[] = []
    at.opening = ({ settings }) => void opened.push(settings.profile)
    at.answers.push("trader", ...all(), "write")
    expect(await at.run(`init --config ${file}`), at.said.err).toBe(0)
    expect((await written()).profile).toBe("trader")
    expect(at.asked[0]).toMatch(/^which credentials/)
    expect(opened).toEqual([undefined, "trader"])
  })

  it("goes on where the account is out of reach, and says so", async () => {
    at.refuses = new NoAccess("the session has expired", { hint: "log in again" })
    at.answers.push(...all().filter((_, n) => asked[n]?.name !== "account"), "write")
    expect(await at.run(`init --config ${file}`), at.said.err).toBe(0)
    expect(at.said.err).toContain("the account is not known: the session has expired; log in again")
    expect((await written()).account).toBeUndefined()
  })

  it("says of what is not built that it cannot be chosen", async () => {
    const shown: (readonly Choice[])[] = []
    at.chosen = (choices) => void shown.push(choices)
    at.answers.push(...all(), "leave")
    await at.run(`init --config ${file}`)
    const multi = shown.flat().filter(({ value }) => value === "multi")
    expect(multi).toEqual([{ value: "multi", name: "multi: dev, stage and prod", closed: "not built yet" }])
  })

  it("takes nothing for an answer to who may come in but addresses", async () => {
    at.answers.push(...all({ allowedCidrs: "" }))
    await expect(at.run(`init --config ${file}`)).resolves.toBe(1)
    expect(at.said.err).toContain("does not take")
    expect(await readdir(folder)).toEqual([])
  })

  it("writes nothing where somebody leaves, or does not want the old file overwritten", async () => {
    at.answers.push(...all(), "leave")
    expect(await at.run(`init --config ${file}`)).toBe(3)
    expect(await readdir(folder)).toEqual([])
    await writeFile(file, "# mine\n")
    at.settings.file = "# mine\n"
    at.answers.push(...all(), "write", false)
    expect(await at.run(`init --config ${file}`)).toBe(3)
    expect(await readFile(file, "utf8")).toBe("# mine\n")
  })
})

describe("the price that moves", () => {
  it.each([{}, { egress: "public-ip", loadBalancer: "false" }, { email: "a@example.com", flowLogs: "true" }])(
    "is that of the plan: %o",
    async (given) => {
      const aws = await sandboxed()
      try {
        const cloud = await aws.open()
        const settings = await resolveConfig({ flags: { allowedCidrs: "203.0.113.9", ...given }, env: {} })
        const account = { cloud, sandbox: true, calls: () => 0 } as unknown as Parameters<typeof planDeploy>[0]
        const { plan } = await planDeploy(account, await siteFor("poc", settings, cloud), { prune: false })
        expect(await monthlyFor(settings)).toBe(plan.summary.monthlyUsd)
      } finally {
        await aws.close()
      }
    },
    30_000,
  )
})
