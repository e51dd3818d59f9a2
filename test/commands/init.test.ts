import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { parse } from "yaml"
import { monthlyFor } from "../../src/commands/init-price.ts"
import { questions } from "../../src/commands/init-questions.ts"
import { planDeploy } from "../../src/commands/planning.ts"
import { siteFor } from "../../src/commands/site.ts"
import { settingsSchema } from "../../src/config/settings.ts"
import { resolveConfig, type Settings } from "../../src/config.ts"
import { sandboxed } from "../aws/sandboxed.ts"
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

describe("init without a terminal", () => {
  it("writes what the flags say, so that the file means the same as they do", async () => {
    expect(await at.run(`init --config ${file} ${flags}`), at.said.err).toBe(0)
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
    expect(at.asked).toEqual([])
    expect(at.said.out).toContain(`smart0dte doctor --config ${file}`)
    expect(await readdir(folder)).toEqual(["smart0dte.yaml"])
  })

  it("says of every key what it is for, and what is as usual stands there as a comment", async () => {
    await at.run(`init --config ${file} --allowed-cidrs 203.0.113.9`)
    const text = await readFile(file, "utf8")
    expect(parse(text)).toEqual({ allowedCidrs: ["203.0.113.9/32"] })
    for (const key of Object.keys(settingsSchema.shape).filter((one) => one !== "allowedCidrs"))
      expect(text, key).toMatch(new RegExp(`^# ${key}:`, "m"))
    expect(text).toContain("# Who may reach the load balancer")
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(102)
    // Each comment, taken for what it stands for, is a key with its usual value.
    const uncommented = text.replaceAll(/^# (?=[a-z][A-Za-z]*:)/gm, "")
    expect(Object.keys(parse(uncommented.replaceAll(/^# .*$/gm, ""))).length).toBeGreaterThan(20)
  })

  it("takes repositories, and leaves the rest of a system as it was", async () => {
    await writeFile(file, "systems:\n  smart-0dte:\n    ref: v2\n")
    at.settings.file = await readFile(file, "utf8")
    const line = "--repository smart-0dte=https://example.com/a.git --repository mag7-7dte=https://example.com/b.git"
    expect(await at.run(`init --config ${file} --overwrite --allowed-cidrs 203.0.113.9 ${line}`), at.said.err).toBe(0)
    expect((await written()).systems).toMatchObject({
      "smart-0dte": { ref: "v2", repository: "https://example.com/a.git" },
      "mag7-7dte": { repository: "https://example.com/b.git" },
    })
    expect(await at.run(`init --config ${file} --overwrite --repository other=https://example.com/a.git`)).toBe(2)
  })

  it("never overwrites: without the word for it, it is wrong use", async () => {
    await writeFile(file, "# mine\n")
    expect(await at.run(`init --config ${file} ${flags}`)).toBe(2)
    expect(at.said.err).toContain("--overwrite")
    expect(await readFile(file, "utf8")).toBe("# mine\n")
  })

  it("names the one thing that has no default", async () => {
    expect(await at.run(`init --config ${file}`)).toBe(2)
    expect(at.said.err).toContain("--allowed-cidrs")
    expect(await at.run(`init --config ${file} --load-balancer false`)).toBe(0)
  })

  it("writes nothing where a value is wrong, or the place cannot be written to", async () => {
    expect(await at.run(`init --config ${file} ${flags} --disk-gb little`)).toBe(2)
    expect(await readdir(folder)).toEqual([])
    expect(await at.run(`init --config ${folder}/none/smart0dte.yaml ${flags}`)).toBe(1)
    expect(at.said.err).toContain("cannot be written: ENOENT")
  })

  it("writes none of what the sandbox puts in the place of what is missing", async () => {
    expect(await at.run(`init --sandbox --config ${file}`)).toBe(0)
    expect(parse(await readFile(file, "utf8"))).toBeNull()
  })
})

describe("init at a terminal", () => {
  beforeEach(() => {
    at.terminal.interactive = true
  })
  /** Enter at every question, but for those that are named. */
  const all = (own: Record<string, string | boolean> = {}) =>
    questions.map(({ name, choices }) => own[name] ?? (choices ? (presets[name] ?? "") : true))
  const presets: Record<string, string> = {
    account: "123456789012",
    instanceType: "t3.xlarge",
    databaseClass: "db.t3.small",
    cacheEngine: "valkey",
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
    at.answers.push(true, "123456789012", "t3.large", "<", "t3.xlarge", ...all().slice(3), "write")
    expect(await at.run(`init --config ${file}`), at.said.err).toBe(0)
    expect((await written()).instanceType).toBe("t3.xlarge")
    expect(at.asked.filter((question) => question.startsWith("size of the node"))).toHaveLength(2)
  })

  it("leaves out what makes no sense after what was answered", async () => {
    const own = all({ loadBalancer: "false" }).filter(
      (_, n) => !["allowedCidrs", "domain"].includes(questions[n]?.name ?? ""),
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
