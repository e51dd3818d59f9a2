import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { type Bench, bench, engine, machine } from "../bench.ts"

const image = `ghcr.io/sample/gateway@sha256:${"a".repeat(64)}`

const compose = `
services:
  gateway:
    image: ${image}
    environment:
      TRADING_MODE: live
      TWS_USERID: NAME
      TWS_PASSWORD_FILE: /run/smart0dte/password
    volumes: ["./run:/run/smart0dte:ro"]
    networks: { gateway: { aliases: [gateway-live] } }
networks: { gateway: { external: true, name: smart0dte-gateway-live } }
`

describe("a gateway that is asked who is logged in", () => {
  let on: Bench
  beforeEach(async () => {
    on = bench({ speed: 1_000_000 })
    await engine(on)
    on.put("run/password", "hunter2")
    await on.ok("docker network create smart0dte-gateway-live")
  })
  afterEach(() => on.close())

  /** Starts one for the user named, and answers with its address. */
  const start = async (user: string, kind = "live"): Promise<string> => {
    on.put("compose.yaml", compose.replace("NAME", user).replace("TRADING_MODE: live", `TRADING_MODE: ${kind}`))
    await on.ok("docker compose -p gateway -f compose.yaml up -d")
    const format = "{{json .NetworkSettings.Networks}}"
    const networks = JSON.parse(await on.ok(["docker", "inspect", "--format", format, "gateway-gateway-1"]))
    return networks["smart0dte-gateway-live"].IPAddress
  }
  const account = (address: string, port = 4003) => on.call(`python3 /opt/probe.py account ${address} ${port} 990`)

  test.each([
    ["live", "alice", 4003, "U1234567"],
    ["paper", "alice", 4004, "DU1234567"],
    ["live", "U2345678", 4003, "U2345678"],
    ["paper", "U2345678", 4004, "DU1234567"],
  ])("is logged in, in the mode %s and as %s, to the account that follows", async (kind, user, port, name) => {
    expect(await account(await start(user, kind), port)).toEqual({ code: 0, out: `${name}\n`, err: "" })
  })

  test("takes no connection at the port of the other kind, and none once it is stopped", async () => {
    const address = await start("alice")
    const refused = { code: 1, out: "", err: "probe: [Errno 111] Connection refused\n" }
    expect(await account(address, 4004)).toEqual(refused)
    expect(await on.call(`python3 probe.py reach ${address} 4003`)).toMatchObject({ code: 0 })
    await on.ok("docker stop -t 5 gateway-gateway-1")
    expect(await account(address)).not.toMatchObject({ code: 0 })
  })

  test("is logged in some seconds after its start, and not with what is no password", async () => {
    on.know({ speed: 0.001 })
    expect(await account(await start("alice"))).toMatchObject({ code: 1, err: "probe: the connection was ended\n" })
    on.know({ speed: 1_000_000 })
    const address = await start("alice")
    expect(await account(address)).toMatchObject({ code: 0 })
    for (const none of ["", "unset\n"]) {
      on.put("run/password", none)
      expect(await account(address)).toMatchObject({ code: 1 })
    }
    on.put("run/password", "hunter2")
    expect(await account(await start("unset"))).toMatchObject({ code: 1 })
  })

  test("is logged in to another account, or not at all, where the sandbox is told so", async () => {
    const address = await start("alice")
    const asked: string[] = []
    on.mishap = (name, about) => {
      asked.push(`${name} ${about}`)
      return name === "other-account" ? { name } : undefined
    }
    expect(await account(address)).toMatchObject({ out: "U7654321\n" })
    on.mishap = (name) => (name === "no-login" ? { name } : undefined)
    expect(await account(address)).toMatchObject({ code: 1 })
    expect(asked).toContain(`other-account gateway:live:${machine}`)
  })

  test("is known on its machine by its address alone: names are known on Docker's networks", async () => {
    await start("alice")
    expect(await account("gateway-live")).toMatchObject({ code: 1 })
  })
})

test.each(["python3 --version", "python3 other.py reach a 1", "python3 probe.py order a 1"])(
  "python knows no other program: %s",
  async (line) => {
    const on = bench()
    expect(await on.call(line)).toMatchObject({ code: 125 })
    on.close()
  },
)
