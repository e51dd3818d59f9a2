import { afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest"
import { shell } from "../../src/commands/shell.ts"
import { type Programs, programs } from "../aws/ssm/plugin.ts"
import { nodeGround } from "../nodes/ground.ts"
import { type World, world } from "./small-world.ts"

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const on = nodeGround()
let at: World
let own: Programs
beforeAll(async () => {
  expect((await on.deploy()).failed).toEqual([])
})
beforeEach(async () => {
  own = programs()
  vi.stubEnv("PATH", `${own.dir}:/usr/bin:/bin`)
  at = world()
  at.aws = on.cloud
  at.records.push("poc")
  at.terminal.interactive = true
  at.settings.file = `publicKey: ${own.dir}/key.pub`
  await at.run("sandbox")
})
afterEach(() => {
  vi.unstubAllEnvs()
  own.drop()
})

const pluginThat = (does: string) =>
  own.make("session-manager-plugin", `[ "$1" = --version ] && { echo 1.2.707.0; exit; }\n${does}`)

const sessions = () => [...(on.sandbox.world.store.contents().tables.get("ssm/session@us-east-1")?.values() ?? [])]
const stillOpen = () => sessions().filter(({ record }) => !Object.hasOwn(record as object, "Ended"))
const opened = () => sessions().length

const flags = { color: true } as Parameters<typeof shell>[1]

it.each([
  ["ends well", "exit 0", 0],
  ["ends with another code", "exit 5", 1],
  ["is ended by a signal", "kill -INT $$", 1],
])("a shell that %s leaves no session open", async (_, does, code) => {
  const before = opened()
  pluginThat(does)
  expect(await shell(at.app, flags)).toBe(code)
  expect([opened() - before, stillOpen()]).toEqual([1, []])
  const [, words = []] = own.calls("session-manager-plugin")
  const [, token = "none"] = /"TokenValue":"([^"]+)"/.exec(own.env("session-manager-plugin")) ?? []
  expect(token).toMatch(/^\S{20,}$/)
  expect(words.join(" ")).not.toContain(token)
  expect(at.said.out + at.said.err).not.toContain(token)
})

it("a shell by SSH takes the key beside the public one, and ends its session too", async () => {
  pluginThat("exit 0")
  own.make("ssh", "exit 0")
  own.make("key")
  const before = opened()
  expect(await shell(at.app, { ...flags, ssh: true })).toBe(0)
  expect(own.calls("ssh")[0]).toEqual(expect.arrayContaining(["-i", `${own.dir}/key`]))
  expect([opened() - before, stillOpen()]).toEqual([1, []])
})

it("a shell without SSH on this machine says so, and ends its session", async () => {
  pluginThat("exit 0")
  vi.stubEnv("PATH", own.dir)
  await expect(shell(at.app, { ...flags, ssh: true })).rejects.toThrow("ssh is not installed")
  expect(stillOpen()).toEqual([])
})

it("without the plugin no session is opened, and it is said where to get it", async () => {
  const before = opened()
  await expect(shell(at.app, flags)).rejects.toMatchObject({
    message: "the Session Manager plugin is not installed",
    hint: expect.stringContaining("https://docs.aws.amazon.com/systems-manager/"),
  })
  expect(opened()).toBe(before)
})
