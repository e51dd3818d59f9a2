import { createServer } from "node:http"
import { afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest"
import { openSystem } from "../../src/commands/open.ts"
import { type Programs, programs } from "../aws/ssm/plugin.ts"
import { nodeGround } from "../nodes/ground.ts"
import { type World, world } from "./small-world.ts"

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const on = nodeGround()
let at: World
let own: Programs
let stop: AbortController
beforeAll(async () => {
  expect((await on.deploy()).failed).toEqual([])
})
beforeEach(async () => {
  own = programs()
  vi.stubEnv("PATH", `${own.dir}:/usr/bin:/bin`)
  stop = new AbortController()
  at = world()
  at.aws = on.cloud
  at.records.push("poc")
  await at.run("sandbox")
  at.app = { ...at.app, interrupts: { ...at.interrupts, settling: (work) => work(stop.signal) } }
})
afterEach(() => {
  vi.unstubAllEnvs()
  own.drop()
})

/** A plugin that says so for a tunnel to the node's port, and does this then. */
const pluginThat = (does: Readonly<Record<number, string>>) =>
  own.make(
    "session-manager-plugin",
    [
      '[ "$1" = --version ] && { echo 1.2.707.0; exit; }',
      'case "$5" in',
      ...Object.entries(does).map(([port, line]) => `*'"portNumber":["${port}"]'*) ${line} ;;`),
      "esac",
    ].join("\n"),
  )
const opensAt = (port: number) => `echo Port ${port} opened for sessionId s.; exec sleep 60`

const records = () => [...(on.sandbox.world.store.contents().tables.get("ssm/session@us-east-1")?.values() ?? [])]
const stillOpen = () => records().filter(({ record }) => !Object.hasOwn(record as object, "Ended"))

const flags = { color: true, system: "mag7-7dte", browser: true } as Parameters<typeof openSystem>[1]
const addressSaid = () =>
  vi.waitFor(
    () => {
      const [, url = ""] = /url\s+(http:\/\/127\.0\.0\.1:\d+)/.exec(at.said.out) ?? []
      expect(url).not.toBe("")
      return url
    },
    { timeout: 20_000 },
  )

/** What would answer at the other end of a tunnel. */
async function answering(text: string) {
  const server = createServer((_, answer) => answer.end(text))
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  return { port: typeof address === "object" && address ? address.port : 0, close }
}

it("a system is reached at one address, by its own two ports of the node, until Ctrl-C", async () => {
  const [web, api] = [await answering("web"), await answering("api")]
  pluginThat({ 3001: opensAt(web.port), 8001: opensAt(api.port) })
  const ended = openSystem(at.app, flags)
  const url = await addressSaid()
  expect(await (await fetch(`${url}/`)).text()).toBe("web")
  expect(await (await fetch(`${url}/api/v1/x`)).text()).toBe("api")
  expect(stillOpen()).toHaveLength(2)
  expect(stillOpen().map(({ record }) => record)).toEqual([
    expect.objectContaining({ Reason: "smart0dte open mag7-7dte" }),
    expect.objectContaining({ Reason: "smart0dte open mag7-7dte" }),
  ])
  expect(at.browsed).toEqual([])
  stop.abort()
  expect(await ended).toBe(130)
  expect(stillOpen()).toEqual([])
  await expect(fetch(url)).rejects.toThrow()
  web.close()
  api.close()
})

it("its page is shown to whoever sits at a terminal, and to nobody who does not want it", async () => {
  pluginThat({ 3001: opensAt(1), 8001: opensAt(1) })
  at.terminal.interactive = true
  for (const browser of [true, false]) {
    at.said.out = ""
    at.browsed.length = 0
    const ended = openSystem(at.app, { ...flags, browser })
    const url = await addressSaid()
    await vi.waitFor(() => expect(stillOpen()).toHaveLength(2))
    expect(at.browsed).toEqual(browser ? [url] : [])
    stop.abort()
    expect(await ended).toBe(130)
    stop = new AbortController()
  }
})

it("a tunnel that ends by itself ends both, and its last words are told", async () => {
  pluginThat({ 3001: opensAt(1), 8001: "echo Port 1 opened for sessionId s.; sleep 1; echo session timed out" })
  await expect(openSystem(at.app, flags)).rejects.toMatchObject({
    message: expect.stringMatching(/^a tunnel to mag7-7dte ended: [\s\S]*session timed out$/),
    hint: "run the same command again",
  })
  expect(stillOpen()).toEqual([])
})

it("where the second tunnel does not open, the first one is closed", async () => {
  pluginThat({ 3001: opensAt(1), 8001: "echo connection refused >&2; exit 1" })
  const before = records().length
  await expect(openSystem(at.app, flags)).rejects.toThrow(/no tunnel to port 8001 of .*: connection refused/)
  expect([records().length - before, stillOpen()]).toEqual([2, []])
})

it("without the plugin nothing is opened, and it is said where to get it", async () => {
  const before = records().length
  await expect(openSystem(at.app, flags)).rejects.toMatchObject({
    message: "the Session Manager plugin is not installed",
  })
  expect(records().length).toBe(before)
})

it.each(["0", "70000", "http"])("a port of %s is refused", async (port) => {
  expect(await at.run(`open smart-0dte --port ${port}`)).toBe(2)
  expect(at.said.err).toContain(`--port is "${port}"`)
})
