import { execa } from "execa"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { runSession, sshOver } from "../../../src/aws/ssm/run-session.ts"
import { endSession, requirePlugin, startSession } from "../../../src/aws/ssm/session.ts"
import { UserError } from "../../../src/errors.ts"
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

const variable = "AWS_SSM_START_SESSION_RESPONSE"
const open = (more: object = {}) => startSession(on.cloud, { instance: on.node, reason: "a test", ...more })

/** What the sandbox knows of a session. */
const known = (id: string): unknown =>
  on.sandbox.world.store.contents().tables.get("ssm/session@us-east-1")?.get(id)?.record

describe("a session", () => {
  it("is opened for its reason, and its plugin called as AWS's own command line calls it", async () => {
    const session = await open({ program: "the-plugin" })
    expect(known(session.id)).toMatchObject({ Target: on.node, Reason: "a test" })
    const [name, region, operation, profile, asked, endpoint] = session.args
    expect([session.program, name, region, operation, profile]).toEqual([
      "the-plugin",
      variable,
      "us-east-1",
      "StartSession",
      "",
    ])
    expect(JSON.parse(asked ?? "")).toEqual({ Target: on.node, Parameters: {}, Reason: "a test" })
    expect(endpoint).toBe(on.sandbox.connection.url.replace(/\/$/, ""))
    expect(JSON.parse(session.env[variable] ?? "")).toEqual({
      SessionId: session.id,
      StreamUrl: expect.stringContaining(session.id),
      TokenValue: expect.stringMatching(/^\S{20,}$/),
    })
  })

  it("carries what it is for", async () => {
    const session = await open({ document: "AWS-StartSSHSession", parameters: { portNumber: "22" } })
    expect(known(session.id)).toMatchObject({
      DocumentName: "AWS-StartSSHSession",
      Parameters: { portNumber: ["22"] },
    })
    expect(session.program).toBe("session-manager-plugin")
  })

  it("to a node that does not speak says what to look at", async () => {
    await expect(open({ instance: "i-0123456789abcdef0" })).rejects.toMatchObject({
      message: "i-0123456789abcdef0 is not connected to Systems Manager",
      hint: "is it running? smart0dte status says so; after a start it takes a minute",
    })
  })

  it("ends on AWS's side, and that one again", async () => {
    const session = await open()
    expect(known(session.id)).not.toHaveProperty("Ended")
    await endSession(on.cloud, session)
    expect(known(session.id)).toHaveProperty("Ended")
    await endSession(on.cloud, session)
  })
})

describe("the plugin", () => {
  it.each(["1.2.498.0", "1.2.707.0", "1.3.0.0", "2.0"])("of version %s is taken", async (version) => {
    await requirePlugin(own.make("plugin", `echo ${version}`))
    expect(own.calls("plugin")).toEqual([["--version"]])
  })

  it.each([
    ["1.2.497.9", "the Session Manager plugin 1.2.497.9 is too old: 1.2.498.0 is the oldest"],
    ["1.1.999.0", "the Session Manager plugin 1.1.999.0 is too old: 1.2.498.0 is the oldest"],
    ["what?", "the Session Manager plugin what? is too old: 1.2.498.0 is the oldest"],
  ])("of version %s is refused: it would be given a token for everybody to see", async (version, message) => {
    const refused = requirePlugin(own.make("plugin", `echo '${version}'`))
    await expect(refused).rejects.toMatchObject({
      message,
      hint: expect.stringMatching(/^install a newer one: https:\/\/docs\.aws\.amazon\.com\//),
    })
  })

  it.each([
    ["is not there", () => `${own.dir}/none`],
    ["does not run", () => own.make("plugin", "exit 1")],
  ])("that %s is missed, with where to get it", async (_, program) => {
    await expect(requirePlugin(program())).rejects.toMatchObject({
      message: "the Session Manager plugin is not installed",
      hint: expect.stringMatching(/^install it: https:\/\/docs\.aws\.amazon\.com\//),
    })
  })
})

describe("a program that is run for a session", () => {
  it("is given the token by its environment alone, and its code is handed on", async () => {
    const session = await open({ program: own.make("plugin", "exit 3") })
    const { TokenValue } = JSON.parse(session.env[variable] ?? "")
    expect(await runSession(session)).toBe(3)
    expect(own.calls("plugin")).toEqual([session.args])
    expect(own.calls("plugin").flat().join(" ")).not.toContain(TokenValue)
    expect(own.env("plugin")).toContain(TokenValue)
  })

  it("that a signal ends is no success", async () => {
    const program = own.make("plugin", "kill -TERM $$")
    expect(await runSession({ program, args: [], env: {} })).not.toBe(0)
  })

  it("that is not installed is named", async () => {
    const missing = runSession({ program: `${own.dir}/none`, args: [], env: {} })
    await expect(missing).rejects.toBeInstanceOf(UserError)
    await expect(missing).rejects.toMatchObject({ message: `${own.dir}/none is not installed` })
  })
})

describe("SSH over a session", () => {
  const proxyOf = (args: readonly string[]) =>
    args.find((arg) => arg.startsWith("ProxyCommand="))?.slice("ProxyCommand=".length) ?? ""

  it("knows the host by its instance, and takes the key that is named", async () => {
    const session = await open()
    const { program, args, env } = sshOver(session, on.node, "/keys/a b")
    expect([program, args.at(-1), env]).toEqual(["ssh", `ec2-user@${on.node}`, session.env])
    expect(args).toContain(`HostKeyAlias=${on.node}`)
    expect(args.slice(args.indexOf("-i"), -1)).toEqual(["-i", "/keys/a b"])
    expect(sshOver(session, on.node, undefined).args).not.toContain("-i")
  })

  it("runs the plugin as its proxy with every word as it was, and no token among them", async () => {
    const session = { ...(await open()), program: own.make("a plugin") }
    const words = { ...session, args: [...session.args, "50%d", "it's", "$(touch /nowhere)", ""] }
    const { args, env } = sshOver(words, on.node, undefined)
    expect(args.join(" ")).not.toContain(JSON.parse(session.env[variable] ?? "").TokenValue)
    // SSH puts something of its own for a per cent sign that is not doubled, and hands the rest to a shell.
    const line = proxyOf(args).replaceAll(/%(.)/g, (_, letter) => (letter === "%" ? "%" : "its own"))
    await execa("sh", ["-c", line], { env })
    expect(own.calls("a plugin")).toEqual([words.args])
  })
})
