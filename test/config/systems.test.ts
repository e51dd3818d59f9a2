import { describe, expect, it } from "vitest"
import { resolveConfig, withSamples } from "../../src/config.ts"
import { Usage } from "../../src/errors.ts"
import { modes, modeVariables } from "../../src/nodes/modes.ts"
import { defaultLimits, variablesOf } from "../../src/nodes/variables.ts"

const read = async (text: string) =>
  (await resolveConfig({ flags: {}, env: {}, file: { path: "smart0dte.yaml", text } })).systems

/** One system of which this is said, in the file's own words. */
const saying = (lines: string) => `systems: { smart-0dte: { ${lines} } }`
const ofBackend = (lines: string) => saying(`services: { backend: { ${lines} } }`)

const refusalOf = async (text: string): Promise<Usage> => {
  try {
    await read(text)
  } catch (error) {
    if (error instanceof Usage) return error
    throw error
  }
  throw new Error(`it was accepted: ${text}`)
}

describe("what a file says of the systems", () => {
  it("may be nothing: what is known of them is known elsewhere", async () => {
    expect(await read("")).toEqual({})
    expect(await read("systems: {}")).toEqual({})
    expect(await read("systems: { mag7-7dte: {} }")).toEqual({ "mag7-7dte": { enabled: true } })
  })

  it("may be everything that there is", async () => {
    const text = `
systems:
  smart-0dte:
    enabled: true
    repository: https://git.example.com:8443/team/smart-0DTE-system.git
    ref: release/1.4+hotfix@2
    token: GIT_TOKEN
    composeFile: deploy/compose.yaml
    remove: [postgres, redis]
    trading: [backend, executor]
    limits: { dailyLoss: 750.5, position: 4000, openPositions: 3 }
    commands: { positions: ./positions --open, orders: ./orders, halt: kill 1, flatten: ./flatten }
    options: index
    secrets: [NEWS_API_KEY]
    variables: { LOG_LEVEL: info, FEED: "" }
    services:
      backend:
        health: { port: 8000, path: "/healthz?deep=1", codes: "200,204-299" }
        build: { context: ./backend, dockerfile: ../Dockerfile.prod, target: run-time, args: { PY: "3.11" } }
        start: uvicorn app:app --host 0.0.0.0
        memory: 512m
        variables: { WORKERS: "2" }
  mag7-7dte:
    enabled: false
`
    expect(await read(text)).toEqual({
      "smart-0dte": {
        enabled: true,
        repository: "https://git.example.com:8443/team/smart-0DTE-system.git",
        ref: "release/1.4+hotfix@2",
        token: "GIT_TOKEN",
        composeFile: "deploy/compose.yaml",
        remove: ["postgres", "redis"],
        trading: ["backend", "executor"],
        limits: { dailyLoss: 750.5, position: 4000, openPositions: 3 },
        commands: { positions: "./positions --open", orders: "./orders", halt: "kill 1", flatten: "./flatten" },
        options: "index",
        secrets: ["NEWS_API_KEY"],
        variables: { LOG_LEVEL: "info", FEED: "" },
        services: {
          backend: {
            health: { port: 8000, path: "/healthz?deep=1", codes: "200,204-299" },
            build: { context: "./backend", dockerfile: "../Dockerfile.prod", target: "run-time", args: { PY: "3.11" } },
            start: "uvicorn app:app --host 0.0.0.0",
            memory: "512m",
            variables: { WORKERS: "2" },
          },
        },
      },
      "mag7-7dte": { enabled: false },
    })
  })

  it("may be said by a variable, as JSON", async () => {
    const say = (SMART0DTE_SYSTEMS: string) => resolveConfig({ flags: {}, env: { SMART0DTE_SYSTEMS } })
    expect((await say('{"mag7-7dte":{"enabled":false}}')).systems).toEqual({ "mag7-7dte": { enabled: false } })
    await expect(say("mag7-7dte")).rejects.toMatchObject({
      message: 'SMART0DTE_SYSTEMS is "mag7-7dte"',
      hint: "expected keys such as smart-0dte, each with a value",
    })
  })
})

describe("a key that is nearly one of ours", () => {
  it.each([
    ["systems: { smart-0dt: {} }", "systems.smart-0dt is {}", "did you mean smart-0dte?"],
    ["systems: { mag7: {} }", "systems.mag7 is {}", "expected one of smart-0dte, mag7-7dte"],
    [saying("repositry: x"), "systems.smart-0dte.repositry is x", "did you mean repository?"],
    [saying("compose_file: x"), "systems.smart-0dte.compose_file is x", "did you mean composeFile?"],
    [saying("branch: x"), "systems.smart-0dte.branch is x", "expected one of enabled, repository, ref"],
    [ofBackend("memroy: 2g"), "systems.smart-0dte.services.backend.memroy is 2g", "did you mean memory?"],
    [ofBackend("health: { code: 200 }"), "services.backend.health.code is 200", "did you mean codes?"],
    [ofBackend("build: { dockerFile: D }"), "services.backend.build.dockerFile is D", "did you mean dockerfile?"],
  ])("%j is refused with the one that was meant", async (text, message, hint) => {
    const refusal = await refusalOf(text)
    expect(refusal.message).toMatch(/^smart0dte\.yaml:1:\d+: /)
    expect(refusal.message).toContain(message)
    expect(refusal.hint).toContain(hint)
  })
})

describe("a wrong value of a system", () => {
  const lists = "expected a list of services"
  it.each([
    ["systems: [smart-0dte]", "systems is [smart-0dte]", "expected keys such as smart-0dte"],
    ["systems: { smart-0dte: }", "systems.smart-0dte is empty", "expected keys such as enabled"],
    [saying("enabled: yes"), "smart-0dte.enabled is yes", "expected true or false"],
    [saying("repository: github.com/a/b"), "repository is github.com/a/b", "such as https://github.com/"],
    [saying("repository: 'git@github.com:a/b.git'"), "repository is 'git@github.com:a/b.git'", "such as https://"],
    [saying("repository: 'file:///etc'"), "repository is 'file:///etc'", "such as https://"],
    [saying("repository: 'ext::sh -c id'"), "repository is 'ext::sh -c id'", "such as https://"],
    [saying("repository: 'https://a.b/c --upload-pack=x'"), "--upload-pack=x'", "such as https://"],
    [saying("repository: 'https://a.b/$(reboot)'"), "$(reboot)'", "such as https://"],
    [saying("ref: --upload-pack=x"), "ref is --upload-pack=x", "expected a branch, tag or commit"],
    [saying("ref: 1.10"), "ref is 1.10", "a number in quotes"],
    [saying("ref: 'a b'"), "ref is 'a b'", "expected a branch, tag or commit"],
    [saying("ref: 'HEAD~1'"), "ref is 'HEAD~1'", "expected a branch, tag or commit"],
    [saying("token: ghp_0123abcd"), "token is ghp_0123abcd", "the name of a secret in capitals"],
    [saying("composeFile: /etc/passwd"), "composeFile is /etc/passwd", "a path inside the repository"],
    [saying("composeFile: ../other/compose.yaml"), "composeFile is ../other/compose.yaml", "inside the repository"],
    [saying("composeFile: 'a b.yaml'"), "composeFile is 'a b.yaml'", "inside the repository"],
    [saying("remove: postgres"), "remove is postgres", lists],
    [saying("trading: backend"), "trading is backend", lists],
    [saying("trading: [Back;end]"), "trading is Back;end", "the name of a service in the Compose file"],
    [saying("secrets: [lower]"), "secrets is lower", "the name of a secret in capitals"],
    [saying("variables: [A, B]"), "variables is [A, B]", "names with texts, such as LOG_LEVEL: debug"],
    [saying("variables: { A: 5 }"), "variables.A is 5", "numbers and true or false in quotes"],
    [saying("variables: { A: }"), "variables.A is empty", "expected a text"],
    [saying('variables: { A: "x\\ny" }'), 'variables.A is "x\\ny"', "expected one line; keep longer ones as a secret"],
    [saying('variables: { A: "x\\0" }'), 'variables.A is "x\\0"', "expected one line"],
    [saying("variables: { 'A B': x }"), "variables.A B is x", "names with texts"],
    [saying("services: { Backend: {} }"), "services.Backend is {}", "services of the Compose file by name"],
    [saying("limits: 5"), "limits is 5", "expected keys such as dailyLoss"],
    [saying("limits: { dailyloss: 5 }"), "limits.dailyloss is 5", "did you mean dailyLoss?"],
    ...["0", "-1", ".inf", ".nan", "'1000'", "1.005", "1e-7", "1e10", "$1000"].map(
      (amount): [string, string, string] => [
        saying(`limits: { dailyLoss: ${amount} }`),
        `limits.dailyLoss is ${amount}`,
        "an amount in dollars from 0.01 to 1000000000",
      ],
    ),
    [saying("limits: { position: 0 }"), "limits.position is 0", "an amount in dollars"],
    [saying("limits: { openPositions: 0 }"), "limits.openPositions is 0", "a whole number from 1 to 100000"],
    [saying("limits: { openPositions: 1.5 }"), "limits.openPositions is 1.5", "a whole number from 1 to 100000"],
    [saying("commands: { stop: x }"), "commands.stop is x", "expected one of positions, orders, halt, flatten"],
    [saying("commands: { halt: ' ' }"), "commands.halt is ' '", "expected a command for sh in one line"],
    [saying('commands: { halt: "a\\nb" }'), 'commands.halt is "a\\nb"', "expected a command for sh in one line"],
    [saying("commands: { halt: [a] }"), "commands.halt is [a]", "expected a command for sh in one line"],
    [saying("options: etf"), "options is etf", "expected index or stock"],
    [ofBackend("memory: 0g"), "backend.memory is 0g", "such as 512m or 2g, at least 6m"],
    [ofBackend("memory: 5m"), "backend.memory is 5m", "at least 6m"],
    [ofBackend("memory: 2 GB"), "backend.memory is 2 GB", "such as 512m or 2g"],
    [ofBackend("start: ''"), "backend.start is ''", "expected a command in one line"],
    [ofBackend('start: "a\\nb"'), 'backend.start is "a\\nb"', "expected a command in one line"],
    [ofBackend("start: [a, b]"), "backend.start is [a, b]", "expected a command in one line"],
    [ofBackend("health: { port: 0 }"), "health.port is 0", "a port from 1 to 65535"],
    [ofBackend("health: { port: 65536 }"), "health.port is 65536", "a port from 1 to 65535"],
    [ofBackend("health: { port: '8000' }"), "health.port is '8000'", "a port from 1 to 65535"],
    [ofBackend("health: { path: health }"), "health.path is health", "a path such as /health"],
    [ofBackend("health: { path: '/a b' }"), "health.path is '/a b'", "a path such as /health"],
    [ofBackend("health: { path: '/{a,b}' }"), "health.path is '/{a,b}'", "a path such as /health"],
    [ofBackend("health: { codes: 200 }"), "health.codes is 200", 'such as "200" or "200-399"'],
    [ofBackend("health: { codes: '200-500' }"), "health.codes is '200-500'", "status codes from 200 to 499"],
    [ofBackend("health: { codes: '2xx' }"), "health.codes is '2xx'", "status codes from 200 to 499"],
    [ofBackend("build: { context: / }"), "build.context is /", "a folder inside the repository"],
    [ofBackend("build: { context: ../.. }"), "build.context is ../..", "a folder inside the repository"],
    [ofBackend("build: { context: 'https://a.b/c.git' }"), "build.context is", "a folder inside the repository"],
    [ofBackend("build: { dockerfile: /etc/passwd }"), "build.dockerfile is /etc/passwd", "a path from the context"],
    [ofBackend("build: { target: '--x' }"), "build.target is '--x'", "the name of a stage"],
    [ofBackend("build: { args: { A: 1 } }"), "build.args.A is 1", "numbers and true or false in quotes"],
    [ofBackend("build: { args: { '--x': a } }"), "build.args.--x is a", "names with texts"],
  ])("%j is refused with its place, itself, and what was expected", async (text, message, hint) => {
    const refusal = await refusalOf(text)
    expect(refusal.message).toMatch(/^smart0dte\.yaml:1:\d+: systems/)
    expect(refusal.message).toContain(message)
    expect(refusal.hint).toContain(hint)
    expect(refusal.exitCode).toBe(2)
  })

  it("that has a token in its address is refused without showing it", async () => {
    const addresses = [
      "https://canary@github.com/a/b.git",
      "https://me:canary@github.com/a/b.git",
      "'ssh://canary@h/a'",
    ]
    for (const address of addresses) {
      const refusal = await refusalOf(saying(`repository: ${address}`))
      expect(refusal.message).toMatch(/repository is '?(https|ssh):\/\/\*\*\*@/)
      expect(refusal.hint).toContain("a token for it belongs in a secret")
      expect(`${refusal.message} ${refusal.hint}`).not.toContain("canary")
    }
    const env = { SMART0DTE_SYSTEMS: '{"smart-0dte":{"repository":"https://me:canary@h/a"}}' }
    await expect(resolveConfig({ flags: {}, env })).rejects.not.toThrow("canary")
  })

  it("is told of together with all others", async () => {
    const { message } = await refusalOf("systems:\n  smart-0dte: { ref: 1 }\n  mag7-7dte: { enabled: 1, memory: 2g }\n")
    expect(message.split("\n").map((line) => line.split(": ", 2)[1])).toEqual([
      "systems.smart-0dte.ref is 1",
      "systems.mag7-7dte.enabled is 1",
      "systems.mag7-7dte.memory is 2g",
    ])
  })

  it("cannot reach what all objects have in common", async () => {
    const systems = await read(saying("variables: { __proto__: x, constructor: y }"))
    expect(Object.keys(systems["smart-0dte"]?.variables ?? {})).toEqual(["constructor"])
    expect(Object.getPrototypeOf(systems["smart-0dte"]?.variables)).toBe(Object.prototype)
    expect((await refusalOf("systems: { __proto__: {} }")).hint).toContain("expected one of smart-0dte, mag7-7dte")
  })
})

describe("what says where orders go, and whether they are real", () => {
  const surroundings = { databaseHost: "d", databasePort: 1, cacheHost: "c", cachePort: 2 }
  const told = modes.flatMap((mode) => [
    ...Object.keys(modeVariables(mode)),
    ...Object.values(
      variablesOf({ system: "smart-0dte", limits: defaultLimits, ...surroundings }).modes[mode].serviceVariables,
    ).flatMap(Object.keys),
  ])
  // How much is written and asked is nobody's risk.
  const decided = [...new Set(told)].filter((name) => name !== "LOG_LEVEL" && name !== "API_RATE_LIMITS")

  it.each(decided)("cannot be said by the variable %s of a system or of a service, nor by a secret", async (name) => {
    for (const lines of [`variables: { ${name}: live }`, `services: { backend: { variables: { ${name}: live } } }`]) {
      const { message, hint } = await refusalOf(saying(lines))
      expect(message).toContain(`variables.${name} is live`)
      expect(hint).toBe(`${name} is decided by the system's mode and gateway: leave it out`)
    }
    const { message, hint } = await refusalOf(saying(`secrets: [${name}]`))
    expect([message, hint]).toEqual([
      expect.stringContaining(`secrets is ${name}`),
      "it is decided by the system's mode and gateway: leave it out",
    ])
  })

  it("may be given to an application under a name of its own", async () => {
    const systems = await read(saying("variables: { LOG_LEVEL: debug, API_RATE_LIMITS: none, BROKER_MODE: paper }"))
    expect(systems["smart-0dte"]?.variables).toMatchObject({ LOG_LEVEL: "debug", BROKER_MODE: "paper" })
  })
})

describe("what an application calls its limits", () => {
  const limits = ["DAILY_LOSS_LIMIT", "DEFAULT_POSITION_SIZE", "MAX_POSITIONS_PER_USER"]

  it.each(limits)(
    "cannot be said by the variable %s, nor by a secret: what is confirmed is what holds",
    async (name) => {
      for (const lines of [`variables: { ${name}: "9" }`, `services: { backend: { variables: { ${name}: "9" } } }`])
        expect((await refusalOf(saying(lines))).hint).toBe(`${name} is decided by the system's limits: say it there`)
      expect((await refusalOf(saying(`secrets: [${name}]`))).hint).toBe(
        "it is decided by the system's limits: say it there",
      )
    },
  )
})

it("the sandbox's samples stand in for the repositories, and for nothing that was said", () => {
  const mine = "https://git.example.com/mine.git"
  expect(withSamples({ "mag7-7dte": { enabled: false, repository: mine, ref: "v1" } })).toEqual({
    "smart-0dte": { enabled: true, repository: "https://samples.smart0dte.invalid/smart-0dte.git" },
    "mag7-7dte": { enabled: false, repository: mine, ref: "v1" },
  })
})
