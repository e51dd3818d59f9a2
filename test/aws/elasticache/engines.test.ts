import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { cacheName, whoseName } from "../../../src/aws/elasticache/cache-names.ts"
import { familyOf, minorOf, pickCacheVersion } from "../../../src/aws/elasticache/engines.ts"
import { type Sandboxed, sandboxed } from "../sandboxed.ts"

let on: Sandboxed
beforeAll(async () => {
  on = await sandboxed()
})
afterAll(() => on.close())

describe("a cache's version", () => {
  it("is the newest that there is of its engine", async () => {
    const cloud = await on.open()
    expect(await pickCacheVersion(cloud, "valkey")).toBe("9.1")
    expect(await pickCacheVersion(cloud, "redis")).toBe("7.1")
  })

  it("is the newest by number, not by letter, and without its patch", async () => {
    const offers = ["9.9.1", "9.10.2", "10.0", "9.2"].map((EngineVersion) => ({ EngineVersion }))
    const cloud = await on.open()
    cloud.elasticache.middlewareStack.add(
      () => async () => ({ response: {}, output: { $metadata: {}, CacheEngineVersions: offers.slice(0, 2) } }),
      { step: "initialize" },
    )
    expect(await pickCacheVersion(cloud, "valkey")).toBe("9.10")
  })

  it.each([
    ["valkey", "9.1", "valkey9"],
    ["valkey", "10.0", "valkey10"],
    ["redis", "7.1", "redis7"],
    ["redis", "6.2", "redis6.x"],
  ] as const)("of %s %s wants parameters of the family %s", (engine, version, family) => {
    expect(familyOf(engine, version)).toBe(family)
  })

  it("is what was asked for, whatever its patch", () => {
    expect(["9.1", "9.1.0", "7.1.12"].map(minorOf)).toEqual(["9.1", "9.1", "7.1"])
  })
})

describe("a name in ElastiCache", () => {
  it("is short and small, and tells whose the thing is", () => {
    expect(cacheName("poc", "smart-0dte")).toBe("smart0dte-poc-smart-0dte")
    expect(cacheName("poc", "Main".repeat(20))).toMatch(/^smart0dte-poc-[a-z-]+-[0-9a-f]{8}$/)
    expect(cacheName("poc", "Main".repeat(20))).toHaveLength(40)
    expect(whoseName(["poc"], "smart0dte-poc-main")).toEqual({ scope: "poc", name: "main" })
    expect(whoseName(["poc"], "default")).toBeUndefined()
    expect(whoseName(["dev"], "smart0dte-poc-main")).toBeUndefined()
  })

  it("belongs to the scope with the longer name, where one begins another's", () => {
    const scopes = ["dev", "dev+stage"]
    expect(whoseName(scopes, "smart0dte-dev-stage-main")).toEqual({ scope: "dev+stage", name: "main" })
    expect(whoseName(scopes, "smart0dte-dev-main")).toEqual({ scope: "dev", name: "main" })
  })
})
