import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { scripts } from "../../../src/sandbox/machines/scripts.ts"
import { deploy, type Ground, ground } from "../../laws/ground.ts"
import { lean } from "../../laws/wishes.ts"
import { sweep } from "../../sweep.ts"
import { samples } from "./yard.ts"

const repository = (system: string) => `https://samples.smart0dte.invalid/${system}.git`

const wishing = (ref: string) => ({
  ...lean,
  systems: {
    "smart-0dte": { enabled: true, repository: repository("smart-0dte") },
    "mag7-7dte": { enabled: true, repository: repository("mag7-7dte"), ref },
  },
})

describe("an environment whose node runs the real scripts", { timeout: 180_000 }, () => {
  let on: Ground
  let dir: string
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), "sandbox-systems-"))
    on = await ground({
      speed: 30,
      machines: (world, url) => scripts({ world, url, dir, samples, plugin: "none" }),
    })
  })
  afterAll(async () => {
    await on.close()
    await sweep(dir)
  })
  const reported = (name: string): Record<string, unknown> => {
    const tables = on.sandbox.world.store.contents().tables
    const record: unknown = tables.get("ssm/parameter@us-east-1")?.get(`/smart0dte/poc/state/${name}`)?.record
    const value: unknown = typeof record === "object" && record !== null ? Reflect.get(record, "Value") : undefined
    return JSON.parse(typeof value === "string" ? value : "{}")
  }

  it("ends with one system healthy, and says what the other one said last", async () => {
    const { failed } = await deploy(on, wishing("broken"))
    expect(reported("system/smart-0dte")).toMatchObject({
      phase: "ready",
      health: { backend: "healthy", frontend: "healthy" },
    })
    expect(failed.map(({ step }) => step.key)).toEqual(["system/mag7-7dte"])
    const { phase, why } = reported("system/mag7-7dte")
    expect({ phase, why }).toMatchObject({
      phase: "failed",
      why: expect.stringMatching(/^backend: its container .*\n(.*\n)*cannot import the module of the strategy/),
    })
  })

  it("has both of them healthy once that is mended, and nothing to do after that", async () => {
    const { failed } = await deploy(on, wishing("main"))
    expect(failed).toEqual([])
    expect(reported("system/mag7-7dte")).toMatchObject({ phase: "ready", health: { backend: "healthy" } })
    expect((await deploy(on, wishing("main"))).done).toEqual([])
  })

  it("builds an image of the same commit anew where it is to be built otherwise", async () => {
    const before = reported("images/smart-0dte")
    const { systems } = wishing("main")
    const build = { args: { MODE: "canary" } }
    const otherwise = {
      ...lean,
      systems: { ...systems, "smart-0dte": { ...systems["smart-0dte"], services: { backend: { build } } } },
    }
    expect((await deploy(on, otherwise)).failed).toEqual([])
    const after = reported("images/smart-0dte")
    expect(after.commit).toBe(before.commit)
    expect(after.digest).not.toBe(before.digest)
    expect(reported("system/smart-0dte").digest).toBe(after.digest)
    expect((await deploy(on, otherwise)).done).toEqual([])
  })

  it("keeps no secret where the node's own scripts could have left it", () => {
    const secrets = [
      ...(on.sandbox.world.store.contents().tables.get("secretsmanager/secret@us-east-1")?.values() ?? []),
    ]
    expect(secrets.length).toBeGreaterThan(0)
    const sent = JSON.stringify(on.sandbox.world.trace.list())
    const generated = [...JSON.stringify(secrets).matchAll(/DATABASE_PASSWORD=([A-Za-z0-9]+)/g)].map(
      ([, value]) => value ?? "",
    )
    expect(generated.length).toBeGreaterThan(0)
    for (const value of generated) expect(sent).not.toContain(value)
  })
})
