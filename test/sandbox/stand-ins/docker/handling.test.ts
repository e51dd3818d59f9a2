import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { type Bench, bench, engine } from "../bench.ts"

const compose = (restart: string) => `
services:
  api: { image: "example/api:1", restart: "${restart}", networks: [out], env_file: ./api.env }
networks: { out: { external: true, name: "\${OUT}" } }
`

describe("containers", () => {
  let on: Bench
  beforeEach(async () => {
    on = bench()
    await engine(on)
    on.put("compose.yaml", compose("on-failure"))
    on.put("api.env", "MODE='testing'\n")
    await on.ok("docker network create paper")
    await on.ok("docker network create live")
  })
  afterEach(() => on.close())

  const up = (OUT = "paper") => on.ok("docker compose -p app -f compose.yaml up -d", "", { OUT })
  const status = async () => (await on.ok("docker inspect --format {{.State.Status}} app-api-1")).trim()
  const seen = async (what: string) =>
    JSON.parse(await on.ok(["docker", "inspect", "--format", `{{json ${what}}}`, "app-api-1"]))
  const reboot = async () => {
    on.know({ booted: Date.now() + 1 })
    await new Promise((resolve) => setTimeout(resolve, 5))
    await on.ok("systemctl start docker")
  }

  test("are stopped, started and removed one by one, and one that is not there does not stop that", async () => {
    await up()
    const mixed = await on.call("docker stop -t 5 gone app-api-1")
    expect(mixed).toMatchObject({
      code: 1,
      out: "app-api-1\n",
      err: expect.stringContaining("No such container: gone"),
    })
    expect(await status()).toBe("exited")
    expect(await on.call("docker kill app-api-1")).toMatchObject({ code: 1 })
    await on.ok("docker start app-api-1")
    expect(await on.call("docker rm app-api-1")).toMatchObject({ code: 1, err: expect.stringContaining("is running") })
    expect(await status()).toBe("running")
    await on.ok("docker rm -f app-api-1")
    expect(await on.ok("docker ps -a -q")).toBe("")
  })

  test("are made anew where they are to be in another network, or have other variables", async () => {
    await up()
    const first = await seen(".Id")
    await up()
    expect(await seen(".Id")).toBe(first)
    await up("live")
    const second = await seen(".Id")
    expect(second).not.toBe(first)
    expect(Object.keys(await seen(".NetworkSettings.Networks"))).toEqual(["live"])
    on.put("api.env", "MODE='production'\n")
    await up("live")
    expect(await seen(".Id")).not.toBe(second)
    expect(await seen(".Config.Env")).toContain("MODE=production")
  })

  test("are in no network whose name nobody said", async () => {
    expect(await on.call("docker compose -p app -f compose.yaml up -d")).not.toMatchObject({ code: 0 })
  })

  test("have an address while they run", async () => {
    await up()
    const { paper } = await seen(".NetworkSettings.Networks")
    expect(paper.IPAddress).toMatch(/^172\.\d+\.\d+\.\d+$/)
    await on.ok("docker stop app-api-1")
    expect((await seen(".NetworkSettings.Networks")).paper.IPAddress).toBe("")
  })

  test.each([
    ["on-failure", "exited", "exited"],
    ["no", "exited", "exited"],
    ["unless-stopped", "running", "exited"],
    ["always", "running", "running"],
  ])(
    "of the policy %s are after a reboot, before any script: %s; had somebody stopped them: %s",
    async (policy, ran, stopped) => {
      on.put("compose.yaml", compose(policy))
      await up()
      await reboot()
      expect(await status()).toBe(ran)
      await on.ok("docker start app-api-1")
      await on.ok("docker stop app-api-1")
      await reboot()
      expect(await status()).toBe(stopped)
      await on.ok("docker stop app-api-1")
      expect(await status()).toBe("exited")
    },
  )

  test("are of an image that was pulled by its digest, and say so", async () => {
    const image = `ghcr.io/sample/gateway@sha256:${"a".repeat(64)}`
    await on.ok(`docker pull ${image}`)
    expect(JSON.parse(await on.ok(["docker", "image", "inspect", "--format", "{{json .RepoDigests}}", image]))).toEqual(
      [image],
    )
  })
})

test("a service is started without those that it waits for, where that is asked for", async () => {
  const on = bench()
  await engine(on)
  const text =
    "services:\n  web: { image: 'example/web:1', depends_on: [api] }\n  feed: { image: 'example/feed:1', depends_on: [web] }\n  api: { image: 'example/api:1' }\n"
  on.put("compose.yaml", text)
  await on.ok("docker compose -p app -f compose.yaml up -d --no-deps web feed")
  expect(await on.ok("docker compose -p app -f compose.yaml ps --services")).toBe("feed\nweb\n")
  on.close()
})
