import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { parse } from "yaml"
import { writeFacts } from "../../../src/sandbox/machines/furnish.ts"
import { type MachinePaths, machinePaths } from "../../../src/sandbox/machines/paths.ts"
import { ownEngine } from "../../../src/sandbox/stand-ins/real/engine.ts"
import { removeAll } from "../../../src/sandbox/stand-ins/real/remove.ts"
import { runStandIn } from "../../../src/sandbox/stand-ins/run.ts"
import { samples } from "./yard.ts"

const id = "i-0123456789abcdef0"

// Writes down what it is asked, and answers with what stands in a file.
const fake = `#!/bin/sh
here=$(dirname "$0")
printf '%s\\n' "$*" >>"$here/asked"
env >"$here/env"
case "$*" in *" -") cat >"$here/input" ;; esac
cat "$here/answer" 2>/dev/null
exit 0
`

describe("docker of a machine that has the operator's own", () => {
  let dir: string
  let tools: string
  let paths: MachinePaths
  const prefix = () => ownEngine({}, dir, id).prefix
  const call = async (line: string | readonly string[], input = "", env: Readonly<Record<string, string>> = {}) => {
    const [name = "", ...args] = typeof line === "string" ? line.split(" ") : line
    let text = ""
    const say = (more: string) => {
      text += more
    }
    const signal = new AbortController().signal
    const calling = { args, cwd: paths.root, env, signal, input: () => input, out: say, err: say }
    return { code: await runStandIn(paths.dir, name, calling), text }
  }
  const asked = () =>
    existsSync(join(tools, "asked")) ? readFileSync(join(tools, "asked"), "utf8").trim().split("\n") : []
  const answers = (text: string) => writeFileSync(join(tools, "answer"), text)
  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), "real-docker-"))
    tools = join(dir, "tools")
    mkdirSync(tools)
    writeFileSync(join(tools, "docker"), fake, { mode: 0o755 })
    paths = machinePaths(join(dir, "machines", id))
    mkdirSync(paths.records, { recursive: true })
    mkdirSync(join(paths.root, "usr/local/lib/docker/cli-plugins"), { recursive: true })
    writeFileSync(join(paths.root, "usr/local/lib/docker/cli-plugins/docker-compose"), "")
    const engine = ownEngine({ PATH: `${tools}:/usr/bin:/bin` }, dir, id)
    const about = { id, region: "us-east-1", zone: "us-east-1a", privateIp: "10.20.1.5", account: "111122223333" }
    const world = { url: "http://127.0.0.1:1", speed: 60, samples, booted: 0, reach: "internet", disks: [] } as const
    writeFacts(paths, { ...about, ...world, engine })
    await call("dnf install -y docker")
    await call("systemctl enable --now docker")
  })
  afterEach(() => rmSync(dir, { recursive: true, force: true }))

  it("asks for things of the machine alone, by names that nobody else has", async () => {
    await call("docker ps -q --filter label=com.docker.compose.project=smart-0dte")
    await call("docker image inspect --format {{.Id}} smart0dte/smart-0dte-backend:1")
    await call("docker image rm smart0dte/smart-0dte-backend:1")
    await call("docker network create smart0dte-smart-0dte")
    await call("docker pull example/feed:1")
    expect(asked()).toEqual([
      `ps -q --filter label=com.docker.compose.project=${prefix()}-smart-0dte --filter label=smart0dte.machine=${prefix()}`,
      `image inspect --format {{.Id}} ${prefix()}/smart-0dte-backend:1`,
      `image rm ${prefix()}/smart-0dte-backend:1`,
      `network create ${prefix()}-smart0dte-smart-0dte`,
      "pull example/feed:1",
    ])
  })

  it.each([
    ["docker image rm postgres:16", "is not of this machine"],
    ["docker system prune --force", "does not know docker system on a real engine"],
    ["docker run -v /:/host busybox", "does not know docker run on a real engine"],
    ["docker compose -p smart-0dte -f compose.yaml run backend", "does not know docker compose run"],
  ])("refuses what would be done to the operator's own things: %s", async (line, why) => {
    const { code, text } = await call(line)
    expect(code).not.toBe(0)
    expect(text).toContain(why)
    expect(asked()).toEqual([])
  })

  it("stops and looks into containers of its own, and of nobody else", async () => {
    const own = "a".repeat(64)
    answers(`${own}\n`)
    expect(await call(`docker stop -t 5 ${own.slice(0, 12)}`)).toMatchObject({ code: 0 })
    expect(await call(["docker", "exec", own, "sh", "-c", "./halt --now"])).toMatchObject({ code: 0 })
    const ours = `ps -aq --no-trunc --filter label=smart0dte.machine=${prefix()}`
    expect(asked()).toEqual([ours, `stop -t 5 ${own.slice(0, 12)}`, ours, `exec ${own} sh -c ./halt --now`])
    for (const line of [
      "stop -t 5 bbbbbbbbbbbb",
      `stop ${own} bbbbbbbbbbbb`,
      "exec bbbbbbbbbbbb sh",
      "stop a",
      "exec a sh",
    ])
      expect(await call(`docker ${line}`)).toMatchObject({ text: expect.stringContaining("is not of this machine") })
    expect(
      asked()
        .slice(4)
        .filter((line) => line !== ours),
    ).toEqual([])
  })

  it("tells Compose the variables that a file asks for, and no other of the machine", async () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholder is Compose's own
    const networks = { gateway: { external: true, name: "${GATEWAY_NETWORK}" } }
    writeFileSync(join(paths.root, "compose.yaml"), JSON.stringify({ services: { a: { image: "x" } }, networks }))
    const env = { GATEWAY_NETWORK: "smart0dte-gateway-paper", OTHER: "other", PATH: "/machine" }
    await call("docker compose -p smart-0dte -f compose.yaml up -d", "", env)
    const file = / -f (\S+) /.exec(asked()[0] ?? "")?.[1] ?? ""
    expect(parse(readFileSync(file, "utf8")).networks.gateway.name).toBe(`${prefix()}-\${GATEWAY_NETWORK}`)
    const told = readFileSync(join(tools, "env"), "utf8").split("\n")
    expect(told).toContain("GATEWAY_NETWORK=smart0dte-gateway-paper")
    expect(told).toContain(`PATH=${tools}:/usr/bin:/bin`)
    expect(told).not.toContain("OTHER=other")
  })

  it("asks nothing of a gateway, which stays a stand-in, but its network", async () => {
    await call("docker network create smart0dte-gateway-paper")
    const networks = { gateway: { external: true, name: "smart0dte-gateway-paper" } }
    const gateway = { image: "gateway:1", networks: ["gateway"] }
    writeFileSync(join(paths.root, "compose.yaml"), JSON.stringify({ services: { gateway }, networks }))
    expect(await call("docker compose -p smart0dte-gateway-paper -f compose.yaml up -d")).toMatchObject({ code: 0 })
    const listed = await call("docker ps -a -q --filter label=com.docker.compose.project=smart0dte-gateway-paper")
    const container = listed.text.trim()
    expect(container).toMatch(/^[0-9a-f]{12}$/)
    expect(await call(`docker inspect --format {{.State.Status}} ${container}`)).toMatchObject({ text: "running\n" })
    expect(await call(`docker stop -t 10 ${container}`)).toMatchObject({ code: 0 })
    expect(await call(`docker rm -f ${container}`)).toMatchObject({ code: 0 })
    expect(asked()).toEqual([`network create ${prefix()}-smart0dte-gateway-paper`])
  })

  it("builds upon images of its own", async () => {
    const base = 'FROM smart0dte/smart-0dte-backend:1\nCMD ["sh"]\n'
    await call(["docker", "build", "--quiet", "-t", "smart0dte/smart-0dte-backend:1", "-"], base)
    expect(asked()).toEqual([`build --quiet -t ${prefix()}/smart-0dte-backend:1 -`])
    expect(readFileSync(join(tools, "input"), "utf8")).toContain(`FROM ${prefix()}/smart-0dte-backend:1\n`)
  })

  it("publishes on the loopback alone, and logs to no AWS", async () => {
    const backend = {
      image: "smart0dte/smart-0dte-backend:1",
      ports: ["10.20.1.5:8000:80"],
      logging: { driver: "awslogs" },
      labels: { mine: "kept" },
    }
    const networks = { smart0dte: { external: true, name: "smart0dte-smart-0dte" }, trading: {} }
    writeFileSync(join(paths.root, "compose.yaml"), JSON.stringify({ services: { backend }, networks }))
    await call("docker compose -p smart-0dte --project-directory . -f compose.yaml up -d --no-build")
    const [, project, file = "", rest] = /^compose -p (\S+) .* -f (\S+) (.*)$/.exec(asked()[0] ?? "") ?? []
    expect([project, rest]).toEqual([`${prefix()}-smart-0dte`, "up -d --no-build"])
    expect(parse(readFileSync(file, "utf8"))).toEqual({
      services: {
        backend: {
          image: `${prefix()}/smart-0dte-backend:1`,
          ports: ["127.0.0.1::80"],
          labels: ["mine=kept", `smart0dte.machine=${prefix()}`, "smart0dte.port.8000=80"],
          logging: expect.objectContaining({ driver: "json-file" }),
        },
      },
      networks: { smart0dte: { external: true, name: `${prefix()}-smart0dte-smart-0dte` }, trading: {} },
    })
  })

  it("refuses to publish what it cannot find again", async () => {
    writeFileSync(
      join(paths.root, "compose.yaml"),
      JSON.stringify({ services: { a: { image: "x", ports: ["8000:80"] } } }),
    )
    const answer = await call("docker compose -p smart-0dte -f compose.yaml up -d")
    expect(answer).toMatchObject({ code: 125, text: expect.stringContaining('not "8000:80"') })
  })

  it("is asked where a port of the machine is, and nothing answers where none is", async () => {
    expect(await call("curl -s http://10.20.1.5:8000/")).toMatchObject({ code: 7 })
    expect(asked()).toEqual([
      `ps --format {{.Ports}} --filter label=smart0dte.machine=${prefix()} --filter label=smart0dte.port.8000`,
    ])
  })

  it("takes away what is there when the machine goes", async () => {
    answers("one\ntwo\n")
    await removeAll(ownEngine({ PATH: `${tools}:/usr/bin:/bin` }, dir, id))
    expect(asked().filter((line) => / rm |^rm|^rmi/.test(line))).toEqual([
      "rm --force --volumes one two",
      "network rm one two",
      "volume rm one two",
      "rmi --force one two",
    ])
  })
})
