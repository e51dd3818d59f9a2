import { beforeEach, describe, expect, it } from "vitest"
import { apply } from "../../src/engine/apply.ts"
import type { Uniqueness } from "../../src/engine/types.ts"
import { blueprintOf, Cloud, kindOf, kindsOf, runOn, thing } from "./cloud.ts"

let cloud: Cloud
beforeEach(() => {
  cloud = new Cloud()
})

const setup = (unique: Uniqueness) => {
  const kind = kindOf("vault", { unique })
  return { kinds: kindsOf(kind), blueprint: blueprintOf([thing(kind, { name: "main" })]) }
}

describe.each(["name", "token", "tags"] as const)(
  "a create that is unique by %s and whose answer is lost",
  (unique) => {
    it.each(["before", "after"] as const)("%s its effect makes one thing, in the same run", async (when) => {
      const { kinds, blueprint } = setup(unique)
      cloud.lose.set("vault/main", when)
      const outcome = await apply(runOn(cloud), blueprint, kinds)
      expect(outcome.failed).toEqual([])
      expect(cloud.things.size).toBe(1)
    })

    it("makes one thing although it stays invisible for a minute", async () => {
      const { kinds, blueprint } = setup(unique)
      cloud.blindFor = 60_000
      cloud.lose.set("vault/main", "after")
      expect((await apply(runOn(cloud), blueprint, kinds)).failed).toEqual([])
      expect(cloud.things.size).toBe(1)
    })

    it("makes one thing when the run is killed before it has seen it", async () => {
      const { kinds, blueprint } = setup(unique)
      cloud.blindFor = 60_000
      const killed = new AbortController()
      const intents = new Map<string, string>()
      const first = runOn(cloud, intents, killed)
      const sleep = first.clock.sleep
      const dies = (milliseconds: number) => {
        killed.abort()
        return sleep(milliseconds)
      }
      const dying = { ...first, clock: { ...first.clock, sleep: dies } }
      await apply(dying, blueprint, kinds)
      expect(intents.size).toBe(unique === "name" ? 0 : 1)
      expect((await apply(runOn(cloud, intents), blueprint, kinds)).failed).toEqual([])
      expect(cloud.things.size).toBe(1)
      expect(intents.size).toBe(0)
    })
  },
)

it("looks for what may have been made for two minutes before it makes another", async () => {
  const { kinds, blueprint } = setup("tags")
  cloud.lose.set("vault/main", "before")
  await apply(runOn(cloud), blueprint, kinds)
  expect(cloud.now).toBeGreaterThanOrEqual(120_000)
})

it("stops with both ids where a thing is there twice", async () => {
  const { kinds, blueprint } = setup("tags")
  cloud.add({ kind: "vault", scope: "poc", name: "main" })
  cloud.add({ kind: "vault", scope: "poc", name: "main" })
  await expect(apply(runOn(cloud), blueprint, kinds)).rejects.toThrow("there 2 times: vault-1, vault-2")
  expect(cloud.changes()).toEqual([])
})
