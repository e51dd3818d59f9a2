import { chmod, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { thing } from "../engine/cloud.ts"
import { house, roof, type World, wall, world } from "./small-world.ts"

let at: World
let folder: string
let file: string
beforeEach(async () => {
  at = world()
  folder = await mkdtemp(join(tmpdir(), "smart0dte-plan-"))
  file = join(folder, "poc.plan")
})
afterEach(() => rm(folder, { recursive: true }))

const cidrs = "--allowed-cidrs 203.0.113.9"
const save = (more = cidrs) => at.run(`plan single --out ${file} ${more}`)
const saved = async () => JSON.parse(await readFile(file, "utf8"))
const edit = async (fields: object) => writeFile(file, JSON.stringify({ ...(await saved()), ...fields }))

describe("plan --out", () => {
  it("writes what is to be done, what was wished, and what made it, for its owner only", async () => {
    await writeFile(file, "older")
    await chmod(file, 0o644)
    expect(await save(`${cidrs} --disk-gb 200 --renew choice/image`)).toBe(0)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect(await saved()).toMatchObject({
      schema: "smart0dte-plan/1",
      version: "1.2.3",
      sandbox: false,
      environment: "poc",
      account: "123456789012",
      region: "us-east-1",
      settings: { diskGb: 200, allowedCidrs: ["203.0.113.9/32"] },
      requests: { prune: false, renew: ["choice/image"], adopt: [], replace: [] },
      rows: [
        { step: { key: "wall/main" }, action: "create", fields: { size: 1, color: "red" } },
        { step: { key: "roof/main" }, action: "create", untold: ["on"] },
      ],
    })
    expect(at.said.err).toContain(`smart0dte deploy ${file}`)
  })

  it("keeps a public key itself, since the other machine may not have the file", async () => {
    const key = join(folder, "id.pub")
    await writeFile(key, "ssh-ed25519 AAAA me\n")
    expect(await save(`${cidrs} --public-key ${key}`)).toBe(0)
    expect((await saved()).settings.publicKey).toBe("ssh-ed25519 AAAA me")
  })

  it("exits with 2 where it cannot be written", async () => {
    file = join(folder, "nowhere", "poc.plan")
    expect(await save()).toBe(2)
    expect(at.said.err).toMatch(/cannot be saved as .*: (there is no such|it is a|this user)/)
  })

  it("saves nothing that could not be deployed", async () => {
    const foreign = { live: { id: "x", size: 1, color: "red", on: [] }, owner: "foreign", phase: "ready" } as const
    at.steps = [thing(wall, { name: "main" }, { read: async () => foreign, create: undefined } as never)]
    expect(await save()).toBe(3)
    await expect(saved()).rejects.toThrow("ENOENT")
  })
})

describe("deploy FILE", () => {
  const deploy = (more = "--yes") => at.run(`deploy ${file} ${more}`)
  const changes = () => at.cloud.calls.filter((call) => !call.startsWith("list"))

  it("does what was saved, by the settings of then", async () => {
    await save(`${cidrs} --disk-gb 200`)
    at.settings.file = "diskGb: 50"
    expect(await deploy()).toBe(0)
    expect(changes()).toEqual(["create wall/main", "create roof/main"])
    expect(at.wished.at(-1)?.settings).toMatchObject({ diskGb: 200, allowedCidrs: ["203.0.113.9/32"] })
  })

  it("asks as always", async () => {
    await save()
    expect(await deploy("")).toBe(2)
    expect(at.said.err).toContain("say yes in advance with --yes")
  })

  it("goes on with what a run before it began, and has nothing to do once all is done", async () => {
    await save()
    at.cloud.refuse.set("roof/main", new Error("the sky is too low"))
    expect(await deploy()).toBe(7)
    at.cloud.refuse.clear()
    expect(await deploy()).toBe(0)
    expect(await deploy()).toBe(0)
    expect(at.said.out).toContain("nothing to do")
  })

  it.each([
    ["more is to be done", () => house().concat(thing(roof, { name: "second" })), "roof/second (create)"],
    ["something else is to be made", () => [thing(wall, { name: "main", size: 2 })], "wall/main (create with other"],
  ])("is refused where %s", async (_, steps, said) => {
    await save()
    at.steps = steps()
    // As if it were the account that had moved on: the settings still come to what they came to.
    await edit({ fingerprint: (await other()).fingerprint })
    expect(await deploy()).toBe(3)
    expect(at.said.err).toContain(`no longer what was confirmed: `)
    expect(at.said.err).toContain(said)
    expect(changes()).toEqual([])
  })

  async function other() {
    const path = join(folder, "other.plan")
    await at.run(`plan single --out ${path} ${cidrs}`)
    return JSON.parse(await readFile(path, "utf8"))
  }

  it("is refused where this version makes something else of the settings", async () => {
    await save()
    at.steps = house("blue")
    expect(await deploy()).toBe(3)
    expect(at.said.err).toContain("smart0dte 1.2.3 makes something else of these settings than 1.2.3 did")
    expect(changes()).toEqual([])
  })

  it.each([
    [{ account: "999999999999" }, "the plan is for account 999999999999"],
    [{ region: "eu-west-1" }, "say --region eu-west-1"],
    [{ sandbox: true }, "is a plan for the sandbox, not for AWS"],
  ])("is refused elsewhere: %o", async (fields, said) => {
    await save()
    await edit(fields)
    expect(await deploy()).toBe(3)
    expect(at.said.err).toContain(said)
    expect(changes()).toEqual([])
  })

  it("of AWS is refused in the sandbox", async () => {
    await save()
    expect(await deploy("--yes --sandbox")).toBe(3)
    expect(at.said.err).toContain("is a plan for AWS, not for the sandbox")
    expect(at.journal).toEqual(["close"])
  })

  it.each([
    ["", "is not a plan"],
    ['{"schema": "smart0dte-plan/1", "rows": [', "is not a plan, or not all of one"],
    ['{"schema": "something/1"}', "is not a plan"],
    ['{"schema": "smart0dte-plan/2"}', "smart0dte-plan/2, and this smart0dte reads smart0dte-plan/1"],
    ['{"schema": "smart0dte-plan/1", "version": "9.9.9", "settings": {"warp": 1}}', "was made by smart0dte 9.9.9"],
    ['{"schema": "smart0dte-plan/1", "settings": {}, "version": "1.2.3"}', "is not a plan, or not all of one"],
  ])("exits with 2 and says so when the file holds %s", async (text, said) => {
    await writeFile(file, text)
    expect(await deploy()).toBe(2)
    expect(at.said.err).toContain(said)
  })

  it("exits with 2 where a row is not one, or the file is not there", async () => {
    await save()
    await edit({ rows: [{ action: "create" }] })
    expect(await deploy()).toBe(2)
    expect(await at.run("deploy ./nowhere.plan --yes")).toBe(2)
    expect(at.said.err).toContain("./nowhere.plan cannot be read: there is no such file")
  })

  it.each(["--disk-gb 50", "--prune", "--replace x/y"])("takes no %s: that was said when it was made", async (flag) => {
    await save()
    expect(await deploy(`--yes ${flag}`)).toBe(2)
    expect(at.said.err).toContain(`${flag.split(" ")[0]} cannot be given with it`)
  })

  it("names the targets that there are to whoever mistypes one", async () => {
    expect(await at.run("deploy singel --yes")).toBe(2)
    expect(at.said.err).toContain('there is no target "singel"')
  })
})
