import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { writeFacts } from "../../../src/sandbox/machines/furnish.ts"
import { type MachineFacts, type MachinePaths, machinePaths } from "../../../src/sandbox/machines/paths.ts"
import { runStandIn } from "../../../src/sandbox/stand-ins/run.ts"
import { samples } from "./yard.ts"

const address = "10.20.10.5"

const facts: MachineFacts = {
  id: "i-0123456789abcdef0",
  region: "us-east-1",
  zone: "us-east-1a",
  privateIp: address,
  account: "111122223333",
  url: "http://127.0.0.1:1",
  keys: { accessKeyId: "ASIASANDBOX", secretAccessKey: "none" },
  speed: 1000,
  samples,
  booted: 0,
  reach: "internet",
  disks: [
    { volume: "vol-0aaaaaaaaaaaaaaa1", device: "/dev/xvda", sizeGb: 100 },
    { volume: "vol-0aaaaaaaaaaaaaaa2", device: "/dev/sdf", sizeGb: 50 },
  ],
}

const app = `
services:
  api:
    build: ./api
    restart: unless-stopped
    env_file: ./api.env
    ports: ["${address}:8000:8000"]
    healthcheck: { test: [CMD, "true"], interval: 1s }
  feed:
    image: example/feed:1
    depends_on: { api: { condition: service_healthy } }
`

describe("the stand-ins", () => {
  let dir: string
  let paths: MachinePaths
  const call = async (
    line: string | readonly string[],
    { input, env = {} }: { input?: string; env?: Record<string, string> } = {},
  ) => {
    const [name = "", ...args] = typeof line === "string" ? line.split(" ") : line
    let text = ""
    const say = (more: string) => {
      text += more
    }
    const signal = new AbortController().signal
    const calling = { args, cwd: paths.root, env, signal, input: () => input ?? "", out: say, err: say }
    return { code: await runStandIn(paths.dir, name, calling), text }
  }
  const ok = async (line: Parameters<typeof call>[0], more: Parameters<typeof call>[1] = {}) => {
    const { code, text } = await call(line, more)
    expect({ line, code, text }).toMatchObject({ code: 0 })
    return text
  }
  const put = (file: string, text: string) => {
    const path = join(paths.root, file)
    mkdirSync(join(path, ".."), { recursive: true })
    writeFileSync(path, text)
  }
  const behave = (...lines: string[]) => put("api/behaviour", `${lines.join("\n")}\n`)
  const project = (text = app) => {
    put("compose.yaml", text)
    put("api/Dockerfile", "FROM busybox:1.36\n")
    put("api.env", "TZ=America/New_York\n# a note\nURL='a b'\nSAID='it\\'s'\n")
  }
  const node = async () => {
    await ok("dnf install -y -q docker git postgresql15")
    await ok("systemctl enable --now docker")
    put("usr/local/lib/docker/cli-plugins/docker-compose", "")
  }
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), "stand-ins-"))
    paths = machinePaths(join(dir, "machines", facts.id))
    mkdirSync(paths.records, { recursive: true })
    mkdirSync(paths.root, { recursive: true })
    writeFacts(paths, facts)
  })
  afterEach(() => rmSync(dir, { recursive: true, force: true }))

  it("are not there before their package, and docker not before its daemon and its plugin", async () => {
    expect(await call("docker ps")).toEqual({ code: 127, text: "docker: command not found\n" })
    await ok("dnf install -y docker")
    expect((await call("docker ps")).text).toContain("Is the docker daemon running?")
    expect((await call("docker compose ps")).text).toContain("'compose' is not a docker command")
    expect(await call("dnf install -y jq")).toMatchObject({ code: 1 })
  })

  it("say loudly what they do not know", async () => {
    await node()
    expect(await call("docker swarm init")).toMatchObject({ code: 125, text: expect.stringContaining("docker swarm") })
    expect(await call("docker ps --latest")).toMatchObject({ code: 125, text: expect.stringContaining("--latest") })
    expect(await call("aws ec2 describe-instances --region us-east-1")).toMatchObject({ code: 125 })
  })

  it("bring a project up in its order, and answer on what it publishes", async () => {
    await node()
    project()
    behave("healthy", "listening")
    await ok("docker compose -p app up -d")
    expect(await ok("docker compose -p app ps --services")).toBe("api\nfeed\n")
    expect(await ok(`curl -s -o /dev/null -w %{http_code} http://${address}:8000/health`)).toBe("404")
    put("api/www/health", "fine")
    await ok("docker compose -p app build")
    await ok("docker compose -p app up -d")
    expect(await ok(`curl -s http://${address}:8000/health`)).toBe("fine")
    expect(await ok("docker compose -p app logs --no-color api")).toBe("api-1  | listening\n")
    expect(await ok("docker inspect --format {{.State.Status}} app-api-1")).toBe("running\n")
    const env = await ok(["docker", "inspect", "--format", "{{json .Config.Env}}", "app-api-1"])
    expect(JSON.parse(env)).toEqual(expect.arrayContaining(["URL=a b", "SAID=it's"]))
  })

  it("let a container that exits start again and again, and one that depends on it not at all", async () => {
    await node()
    project()
    behave("exits 3", "no module named engine")
    const { code, text } = await call("docker compose -p app up -d")
    expect({ code, text }).toMatchObject({ code: 1, text: expect.stringContaining("container app-api-1 exited (3)") })
    await vi.waitFor(async () => {
      const [restarts] = (await ok("docker inspect --format {{.RestartCount}} app-api-1")).split("\n")
      expect(Number(restarts)).toBeGreaterThan(3)
    })
    expect(await ok("docker compose -p app logs --tail 1 api")).toBe("api-1  | no module named engine\n")
    expect(await call(`curl -s http://${address}:8000/`)).toMatchObject({ code: 7 })
    // In the second in which it runs it answers no more than while it waits for its next start.
    writeFacts(paths, { ...facts, speed: 0.001 })
    expect(await ok("docker inspect --format {{.State.Status}} app-api-1")).toBe("running\n")
    expect(await call(`curl -s http://${address}:8000/`)).toMatchObject({ code: 7 })
  })

  it("show one that is unhealthy as that, and answer nothing good in its name", async () => {
    await node()
    project()
    put("api/www/health", "fine")
    behave("unhealthy")
    expect((await call("docker compose -p app up -d")).text).toContain("container app-api-1 is unhealthy")
    expect(await call(`curl -sf http://${address}:8000/health`)).toMatchObject({ code: 22 })
  })

  it("fail to build with what the build says last", async () => {
    await node()
    project()
    behave("fails to build", "npm ERR! missing script: build")
    expect(await call("docker compose -p app build api")).toMatchObject({
      code: 17,
      text: expect.stringContaining("npm ERR!"),
    })
    expect((await call("docker compose -p app up -d --no-build")).text).toContain("No such image: app-api:latest")
  })

  it.each([
    ["an unknown service", app, "docker compose -p app up -d web", "no such service: web"],
    [
      "a dependency that is not there",
      app.replace("{ api:", "{ web:"),
      "docker compose -p app config -q",
      'depends on undefined service "web"',
    ],
    [
      "a circle",
      app.replace("build: ./api", "build: ./api\n    depends_on: [feed]"),
      "docker compose -p app config -q",
      "dependency cycle detected",
    ],
    [
      "a file of variables that is missing",
      app.replace("./api.env", "./gone.env"),
      "docker compose -p app config -q",
      "gone.env not found",
    ],
    [
      "an unknown property",
      app.replace("env_file", "envfile"),
      "docker compose -p app config -q",
      "additional properties 'envfile' not allowed",
    ],
    [
      "a network that nobody made",
      `${app}networks: { out: { external: true, name: out } }\n`,
      "docker compose -p app up -d",
      "network out declared as external, but could not be found",
    ],
    [
      "a volume that is not declared",
      app.replace("build: ./api", 'build: ./api\n    volumes: ["data:/data"]'),
      "docker compose -p app config -q",
      "undefined volume data",
    ],
    ["what is no YAML", "services: [", "docker compose -p app config -q", "failed to parse"],
  ])("refuse, as Compose does, %s", async (_what, text, line, why) => {
    await node()
    project(text)
    behave("healthy")
    const answer = await call(line)
    expect(answer.code).not.toBe(0)
    expect(answer.text).toContain(why)
  })

  it("give a port to one container only", async () => {
    await node()
    project()
    behave("healthy")
    await ok("docker compose -p app up -d")
    expect((await call("docker compose -p other up -d")).text).toContain(
      `Bind for ${address}:8000 failed: port is already allocated`,
    )
    await ok("docker compose -p app down")
    await ok("docker compose -p other up -d")
  })

  it("bring back with the machine the containers that are to be there, and no others", async () => {
    await node()
    project(app.replace("depends_on: { api: { condition: service_healthy } }", ""))
    behave("healthy")
    await ok("docker compose -p app up -d")
    writeFacts(paths, { ...facts, booted: Date.now() + 1 })
    await ok("systemctl default")
    const states = await ok("docker ps -a --format {{.Names}}:{{.Status}}")
    expect(states).toMatch(/app-api-1:Up/)
    expect(states).toMatch(/app-feed-1:Exited \(255\)/)
  })

  it("serve the samples by git, each branch as one commit", async () => {
    await node()
    const url = "https://samples.smart0dte.invalid/smart-0dte.git"
    await ok(`git clone --quiet --no-checkout ${url} source`)
    const main = (await ok("git -C source rev-parse --verify origin/main^{commit}")).trim()
    const broken = (await ok("git -C source rev-parse --verify origin/broken")).trim()
    expect(main).toMatch(/^[0-9a-f]{40}$/)
    expect(broken).not.toBe(main)
    await ok(`git -C source checkout --quiet --force --detach ${broken}`)
    expect(await ok("git -C source rev-parse HEAD")).toBe(`${broken}\n`)
    expect(await call("git -C source rev-parse --verify --quiet origin/gone")).toEqual({ code: 1, text: "" })
    expect(await call("git clone https://github.com/a/b.git other")).toMatchObject({
      code: 128,
      text: expect.stringContaining("not found"),
    })
    writeFacts(paths, { ...facts, reach: "store" })
    expect((await call("git -C source fetch --quiet")).text).toContain(
      "Could not resolve host: samples.smart0dte.invalid",
    )
  })

  it("know the sum of a download that was pinned, and no other", async () => {
    const url = "https://example.com/tool"
    const sum = "a".repeat(64)
    put("opt/smart0dte/bin/pinned.env", `TOOL_URL_x86_64=${url}\nTOOL_SHA256_x86_64=${sum}\n`)
    await ok(`curl -fsSL -o tool ${url}`)
    await ok("sha256sum -c --status -", { input: `${sum}  tool\n` })
    expect(await call("sha256sum -c --status -", { input: `${"b".repeat(64)}  tool\n` })).toMatchObject({ code: 1 })
    put("tool", "something else")
    expect(await call("sha256sum -c --status -", { input: `${sum}  tool\n` })).toMatchObject({ code: 1 })
  })

  it("give a volume a file system once, and keep what is on it", async () => {
    expect(await ok("lsblk -dn -o NAME,SERIAL,MOUNTPOINT")).toContain("nvme1n1 vol0aaaaaaaaaaaaaaa2\n")
    expect(await call("blkid -p -o value -s TYPE /dev/nvme1n1")).toMatchObject({ code: 2 })
    await ok("mkfs.xfs -q /dev/nvme1n1")
    expect(await ok("blkid -p -o value -s TYPE /dev/nvme1n1")).toBe("xfs\n")
    expect(await call("mkfs.xfs -q /dev/nvme1n1")).toMatchObject({ code: 1 })
    const where = join(paths.root, "data")
    expect(await call(`mount /dev/nvme1n1 ${where}`)).toMatchObject({ code: 32 })
    mkdirSync(where)
    await ok(`mount /dev/nvme1n1 ${where}`)
    put("data/kept", "kept")
    rmSync(paths.root, { recursive: true })
    mkdirSync(where, { recursive: true })
    await ok(`mount /dev/nvme1n1 ${where}`)
    expect(await call(`mountpoint -q ${where}`)).toMatchObject({ code: 0 })
    await ok(`umount ${where}`)
    expect(await call(`mountpoint -q ${where}`)).not.toMatchObject({ code: 0 })
  })

  it("tell a machine who it is, if it asks with a token", async () => {
    const at = "http://169.254.169.254/latest"
    expect(await call(`curl -sf ${at}/meta-data/instance-id`)).toMatchObject({ code: 22 })
    const token = await ok(`curl -s -X PUT -H X-aws-ec2-metadata-token-ttl-seconds:60 ${at}/api/token`)
    expect(await ok(`curl -s -H X-aws-ec2-metadata-token:${token} ${at}/meta-data/local-ipv4`)).toBe(address)
  })

  it("reach nothing where no packet gets out", async () => {
    writeFacts(paths, { ...facts, reach: "nothing" })
    expect(await call("curl -s https://ssm.us-east-1.amazonaws.com/")).toMatchObject({ code: 6 })
    expect(await call("dnf install -y docker")).toMatchObject({ code: 1 })
    const asked = await call("aws --region us-east-1 ssm get-parameter --name /x")
    expect(asked).toMatchObject({ code: 255, text: expect.stringContaining("Could not connect to the endpoint URL") })
  })
})
