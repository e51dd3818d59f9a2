import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { openTunnel } from "../../../src/aws/ssm/tunnel.ts"
import { type SsmGround, ssmGround } from "./ground.ts"
import { type Programs, programs } from "./plugin.ts"

let on: SsmGround
let own: Programs
beforeAll(async () => {
  on = await ssmGround()
}, 60_000)
afterAll(() => on.close())
beforeEach(() => {
  own = programs()
})
afterEach(() => own.drop())

const open = (program: string) =>
  openTunnel(on.cloud, { instance: on.node, host: "10.20.1.7", port: 3000, local: 0, reason: "test", program })

const sessions = (): readonly { readonly Ended?: number }[] =>
  [...(on.sandbox.world.store.contents().tables.get("ssm/session@us-east-1")?.values() ?? [])].map(
    // What the sandbox keeps of a session, as far as it is asked for here.
    ({ record }) => record as { readonly Ended?: number },
  )
const stillOpen = () => sessions().filter(({ Ended }) => Ended === undefined)

const opens = "echo Port 45678 opened for sessionId s-1.\necho Waiting for connections..."

describe("a tunnel", () => {
  it("asks for the node's own address, knows its port here, and is closed on both sides", async () => {
    const tunnel = await open(own.make("plugin", `${opens}\nexec sleep 60`))
    expect(tunnel.port).toBe(45678)
    expect(stillOpen()).toEqual([
      expect.objectContaining({
        Target: on.node,
        DocumentName: "AWS-StartPortForwardingSessionToRemoteHost",
        Parameters: { host: ["10.20.1.7"], portNumber: ["3000"], localPortNumber: ["0"] },
        Reason: "test",
      }),
    ])
    const [, token] = /"TokenValue":"([^"]+)"/.exec(own.env("plugin")) ?? []
    expect(token).toMatch(/^\S{20,}$/)
    expect(own.calls("plugin").flat().join(" ")).not.toContain(token)
    await tunnel.close()
    await tunnel.ended
    expect(stillOpen()).toEqual([])
  })

  it("tells its last words when it ends by itself", async () => {
    const tunnel = await open(own.make("plugin", `${opens}\nsleep 0.2\necho session timed out >&2`))
    expect(await tunnel.ended).toContain("session timed out")
    await tunnel.close()
  })

  it("that never opens says why, and leaves no session behind", async () => {
    const before = sessions().length
    await expect(open(own.make("plugin", "echo no such host >&2; exit 1"))).rejects.toThrow(
      "no tunnel to port 3000 of 10.20.1.7 could be opened: no such host",
    )
    expect([sessions().length - before, stillOpen().length]).toEqual([1, 0])
  })

  it("says so where there is no plugin", async () => {
    await expect(open(`${own.dir}/missing`)).rejects.toThrow("could be opened")
    expect(stillOpen()).toEqual([])
  })
})
