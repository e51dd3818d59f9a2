import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { System } from "../../src/nodes/systems.ts"
import { defaultLimits, variablesOf } from "../../src/nodes/variables.ts"
import { defaultUser, systemUser } from "../../src/steps/cache-user.ts"
import { standIn } from "../steps/bench.ts"
import { asApplication } from "./python.ts"
import { type Redis, startRedis } from "./redis.ts"
import { yard } from "./servers.ts"

const systems: readonly System[] = ["smart-0dte", "mag7-7dte"]
const passwordOf = (name: string) => `canary${name.replaceAll("-", "")}0123456789`

describe("Redis, with the users that ElastiCache is given", () => {
  let on: Awaited<ReturnType<typeof yard>>
  let redis: Redis
  beforeAll(async () => {
    on = await yard()
    const wish = { scope: "poc", engine: "valkey" } as const
    const secret = standIn({ secretName: "smart0dte/poc" })
    const users = [defaultUser(wish), ...systems.map((system) => systemUser({ ...wish, system, secret }))]
    redis = await startRedis(
      on,
      users.map(({ spec }) => ({ name: spec.userName, access: spec.access, password: passwordOf(spec.userName) })),
    )
  })
  afterAll(() => on.close())

  const urlFor = (system: System) => {
    const { variables } = variablesOf({
      system,
      limits: defaultLimits,
      databaseHost: "localhost",
      databasePort: 1,
      cacheHost: "localhost",
      cachePort: redis.port,
    })
    return variables.REDIS_URL?.replace(`{secret:${system}/generated#CACHE_PASSWORD}`, passwordOf(system)) ?? ""
  }

  it.each(systems)("is reached by %s with the URL that it is given, by its own driver", async (system) => {
    expect(urlFor(system)).toMatch(/^rediss:/)
    expect(await asApplication("cache", urlFor(system))).toBe(`${system} yes`)
  })

  it("refuses `default`, with its password and without", async () => {
    const as = (who: string) => urlFor("smart-0dte").replace(/\/\/[^@]*@/, `//${who}`)
    expect(await asApplication("cache", as(""))).toMatch(/already authenticated|NOAUTH/)
    expect(await asApplication("cache", as(`default:${passwordOf("default")}@`))).toMatch(/invalid username-password/)
  })

  it("refuses another's password, and whoever speaks without TLS", async () => {
    const url = urlFor("smart-0dte")
    expect(await asApplication("cache", url.replace(passwordOf("smart-0dte"), passwordOf("mag7-7dte")))).toMatch(
      /invalid username-password/,
    )
    expect(await asApplication("cache", url.replace("rediss:", "redis:"))).toMatch(/refused: .*Connection/)
  })
})
