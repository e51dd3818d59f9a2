import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { type Bench, bench, engine } from "../bench.ts"

const compose = `
services:
  api:
    image: example/api:1
    env_file: ./api.env
  web:
    image: example/web:1
    env_file: ./api.env
    depends_on: [api]
`

describe("a service that is started", () => {
  let on: Bench
  beforeEach(async () => {
    on = bench({ speed: 1_000_000 })
    await engine(on)
    on.put("compose.yaml", compose)
    on.put("api.env", "TZ=America/New_York\n")
    await on.ok("docker compose -p app -f compose.yaml up -d")
    await on.ok("docker compose -p app -f compose.yaml stop")
  })
  afterEach(() => on.close())

  const running = async () => (await on.ok("docker ps --format {{.Names}}")).split("\n").filter(Boolean).sort()
  const id = () => on.ok("docker inspect --format {{.Id}} app-web-1")

  test("is so together with what it depends on", async () => {
    await on.ok("docker compose -p app -f compose.yaml start web")
    expect(await running()).toEqual(["app-api-1", "app-web-1"])
  })

  test("is so alone, and as it was made, where that is asked for", async () => {
    const before = await id()
    on.put("api.env", "TZ=Etc/UTC\n")
    await on.ok("docker compose -p app -f compose.yaml up -d --no-deps --no-recreate web")
    expect([await running(), await id()]).toEqual([["app-web-1"], before])
    await on.ok("docker compose -p app -f compose.yaml up -d --no-deps web")
    expect(await id()).not.toBe(before)
  })
})
