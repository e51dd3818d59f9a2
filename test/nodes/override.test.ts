// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders of Compose
import { describe, expect, it } from "vitest"
import { parse } from "yaml"
import { overrideOf } from "../../src/nodes/override.ts"
import { systemFacts, systems } from "../../src/nodes/systems.ts"
import { overrideWish, sampleText } from "./override-wish.ts"

// What is parsed is what Compose would read.
// biome-ignore lint/suspicious/noExplicitAny: a file of any shape
const read = (text: string): any => parse(text)

/** The override of a project of one service, `backend`. */
const backendOf = (fields: string, more = "", given = {}) =>
  read(
    overrideOf(
      overrideWish({
        compose: `services:\n  backend:\n    image: x\n${fields}\n${more}`,
        ports: {},
        serviceVariables: {},
        ...given,
      }),
    ),
  ).services.backend

const refusal = (fields: string, more = "") => {
  try {
    backendOf(fields, more)
  } catch (error) {
    return error instanceof Error ? error.message : error
  }
  return "taken"
}

describe("the overrides of the samples", () => {
  it.each(systems)("of %s publish its two ports, and no other", async (system) => {
    const { services } = read(overrideOf(overrideWish({ system, compose: await sampleText(system) })))
    const ports = Object.values<{ ports?: string[] }>(services).flatMap(({ ports = [] }) => ports)
    const { backend, frontend } = systemFacts[system].ports
    expect(ports).toEqual([`\${ADDRESS}:${backend?.host}:8000`, `\${ADDRESS}:${frontend?.host}:3000`])
  })

  it.each(systems)("of %s mount no code, and name no service that is removed", async (system) => {
    const text = overrideOf(overrideWish({ system, compose: await sampleText(system) }))
    const { services, volumes } = read(text)
    const mounts = Object.values<{ volumes?: string[] }>(services).flatMap(({ volumes = [] }) => volumes)
    expect(mounts.filter((mount) => !Object.keys(volumes ?? {}).includes(mount.split(":")[0] ?? ""))).toEqual([])
    const body = text.replaceAll(/^#.*$/gm, "")
    for (const gone of systemFacts[system].remove) expect(body).not.toMatch(new RegExp(`\\b${gone}\\b`))
    expect(body).not.toMatch(/container_name|version:/)
  })

  it("say at their head what the node's scripts read", async () => {
    const text = overrideOf(overrideWish({ compose: await sampleText("smart-0dte"), commit: "c0ffee" }))
    const built = (name: string) =>
      expect.stringMatching(new RegExp(`^# service ${name} built smart0dte/smart-0dte-${name}:c0ffee-[0-9a-f]{8}$`))
    expect(text.split("\n").slice(1, 6)).toEqual([
      "# commit c0ffee",
      ...["backend", "data-feed", "signal-generator", "frontend"].map(built),
    ])
  })
})

describe("the name of an image", () => {
  const compose = "services: { backend: { build: ./b }, frontend: { build: ./f }, feed: { image: feed:1 } }"
  const images = (given = {}) => {
    const { services } = read(overrideOf(overrideWish({ compose, ports: {}, ...given })))
    return Object.fromEntries(Object.entries<{ image: string }>(services).map(([name, { image }]) => [name, image]))
  }
  const plain = images()

  it("is the same for the same build, whatever else is said", () => {
    expect(images({ commands: { backend: "other" }, memory: { backend: "3g" } })).toEqual(plain)
  })

  it("is another one for another build of the same commit, and for that service alone", () => {
    const names = [{ A: "1" }, { A: "2" }].map((args) => images({ builds: { backend: { args } } }))
    expect(new Set([plain, ...names].map(({ backend }) => backend)).size).toBe(3)
    expect(names.map(({ frontend, feed }) => [frontend, feed])).toEqual([
      [plain.frontend, "feed:1"],
      [plain.frontend, "feed:1"],
    ])
  })

  it("is another one where another file of the project builds it otherwise", () => {
    const { backend } = images({ compose: compose.replace("./b", "./b2") })
    expect(backend).not.toBe(plain.backend)
  })

  it("is our own where the config builds what the project fetches, and the node is told to build it", () => {
    const wish = overrideWish({ compose, ports: {}, builds: { feed: { dockerfile: "Feed" } } })
    expect(overrideOf(wish)).toMatch(/^# service feed built smart0dte\/smart-0dte-feed:/m)
    expect(read(overrideOf(wish)).services.feed.build).toEqual({ context: ".", dockerfile: "Feed" })
  })
})

describe("a service's environment", () => {
  const variables = { ENVIRONMENT: "development", TZ: "America/New_York" }
  const serviceVariables = { backend: { OWN: "x" } }

  it.each([
    ["a map", "    environment: { ENVIRONMENT: production, IBKR_HOST: live, OWN: y, KEPT: 5, YES: true, FROM: }"],
    ["a list", "    environment: [ENVIRONMENT=production, IBKR_HOST=live, OWN=y, KEPT=5, YES=true, FROM]"],
  ])("written as %s loses what a node says, and keeps its constants as texts", (_, fields) => {
    const { environment, env_file } = backendOf(fields, "", { variables, serviceVariables })
    expect(environment).toEqual({ KEPT: "5", YES: "true", TZ: "America/New_York" })
    expect(env_file).toEqual(["/run/smart0dte/smart-0dte/backend.env"])
  })

  it("keeps no address of a gateway in a service that does not trade", () => {
    const compose =
      "services: { backend: { image: x }, feed: { image: x, environment: { IBKR_HOST: live, IBKR_PORT: 4001 } } }"
    const { services } = read(overrideOf(overrideWish({ compose, ports: {} })))
    expect(services.feed.environment).toEqual({ TZ: "America/New_York" })
  })

  it("keeps the project's own files but for those of a developer's machine", () => {
    const { env_file } = backendOf("    env_file: [./shared.env, .env, config/.env.local, { path: more.env }]")
    expect(env_file).toEqual(["./shared.env", "more.env", "/run/smart0dte/smart-0dte/backend.env"])
  })
})

describe("a service's mounts", () => {
  it.each([
    [
      "short",
      "    volumes: ['./backend:/app', './x:/y:ro', '../z:/z', 'logs:/logs', '/etc/localtime:/etc/localtime:ro']",
    ],
    [
      "long",
      "    volumes: [{ type: bind, source: ./backend, target: /app }, 'logs:/logs', { type: bind, source: /etc/localtime, target: /etc/localtime }]",
    ],
  ])("written %s are left when they are of the project", (_, fields) => {
    const { volumes } = backendOf(fields, "volumes: { logs: { name: shared-name } }")
    expect(volumes).toHaveLength(2)
    expect(JSON.stringify(volumes)).not.toMatch(/backend|\.\/x|\.\.\/z/)
  })

  it("lose what only kept a part of the code's folder free, and nothing else without a name", () => {
    expect(backendOf("    volumes: ['./web:/app/', /app/node_modules, /apparently, /data]").volumes).toEqual([
      "/apparently",
      "/data",
    ])
  })

  it("share no volume with the other system, whatever it was called", () => {
    const compose =
      "services: { backend: { image: x, volumes: ['logs:/l'] } }\nvolumes: { logs: { name: all, external: true }, old: {} }"
    expect(read(overrideOf(overrideWish({ compose, ports: {} }))).volumes).toEqual({ logs: {} })
  })
})

describe("what a service waits for", () => {
  const others = "  postgres: { image: p }\n  feed: { image: f }\n  tool: { image: t, profiles: [tools] }"

  it("is as it was, without what is not there", () => {
    expect(backendOf("    depends_on: [postgres, feed, tool]", others).depends_on).toEqual(["feed"])
    expect(backendOf("    depends_on: [postgres]", others)).not.toHaveProperty("depends_on")
    const fields =
      "    depends_on: { postgres: { condition: service_healthy }, feed: { condition: service_healthy, restart: true } }"
    expect(backendOf(fields, others).depends_on).toEqual({ feed: { condition: "service_healthy" } })
  })

  it("leaves out services of a profile", () => {
    expect(
      Object.keys(
        read(overrideOf(overrideWish({ compose: `services:\n  backend: { image: x }\n${others}`, ports: {} })))
          .services,
      ),
    ).toEqual(["backend", "feed"])
  })
})

describe("a service's command", () => {
  it.each([
    ["    command: uvicorn app:app --reload --port 8000", "uvicorn app:app --port 8000"],
    ["    command: uvicorn app:app --reload", "uvicorn app:app"],
    ["    command: uvicorn app:app --reload-dir x", "uvicorn app:app --reload-dir x"],
    ["    command: [uvicorn, --reload, app]", ["uvicorn", "app"]],
  ])("of %j does not start again by itself", (fields, expected) => {
    expect(backendOf(fields).command).toEqual(expected)
  })

  it("is the config's where it says one, and so is what it is built from", () => {
    const compose = "services: { backend: { build: ./backend, command: a } }"
    const wish = overrideWish({
      compose,
      ports: {},
      commands: { backend: "b" },
      builds: { backend: { dockerfile: "Other" } },
    })
    expect(read(overrideOf(wish)).services.backend).toMatchObject({
      command: "b",
      build: { context: "./backend", dockerfile: "Other" },
      image: expect.stringContaining("smart0dte/smart-0dte-backend:0123456789-"),
    })
  })
})

describe("a service's networks", () => {
  it("are the gateway's where it trades, and nowhere else", async () => {
    const { services } = read(overrideOf(overrideWish({ compose: await sampleText("smart-0dte") })))
    const joined = Object.entries<{ networks: string[] }>(services).filter(([, one]) =>
      one.networks.includes("gateway"),
    )
    expect(joined.map(([name]) => name)).toEqual(["backend"])
    const none = read(overrideOf(overrideWish({ compose: await sampleText("smart-0dte"), trading: [] })))
    expect(none.networks).not.toHaveProperty("gateway")
  })

  it.each(["gateway", "smart0dte"])("may not be called %s by the project, where others would come in", (name) => {
    const message = `the service "backend" of smart-0dte uses a network called ${name}, which is one of smart0dte's own`
    expect(refusal(`    networks: [${name}]`, `networks: { ${name}: {} }`)).toBe(message)
    expect(refusal(`    networks: { ${name}: {} }`, `networks: { ${name}: {} }`)).toBe(message)
  })

  it.each([
    ["", ["default", "smart0dte", "gateway"]],
    ["    networks: [inner]", ["inner", "smart0dte", "gateway"]],
    ["    networks: { inner: { aliases: [api] } }", { inner: { aliases: ["api"] }, smart0dte: {}, gateway: {} }],
  ])("written as %j are as they were, and the system's own", (fields, expected) => {
    expect(backendOf(fields, "networks: { inner: { driver: bridge } }").networks).toEqual(expected)
  })

  it("are not the other system's, whatever they were called", () => {
    const compose =
      "services: { backend: { image: x, networks: [all] } }\nnetworks: { all: { external: true, name: everybody }, none: {} }"
    expect(read(overrideOf(overrideWish({ compose, ports: {} }))).networks).toEqual({
      all: {},
      smart0dte: { external: true, name: "smart0dte-smart-0dte" },
      gateway: { external: true, name: "${GATEWAY_NETWORK}" },
    })
  })
})

describe("a service", () => {
  it("that trades is started again after a failure of its own, and not after one of the machine", async () => {
    const { services } = read(overrideOf(overrideWish({ compose: await sampleText("smart-0dte") })))
    const restarts = Object.entries<{ restart: string }>(services).map(([name, { restart }]) => [name, restart])
    expect(restarts).toEqual([
      ["backend", "on-failure"],
      ["data-feed", "unless-stopped"],
      ["signal-generator", "unless-stopped"],
      ["frontend", "unless-stopped"],
    ])
  })

  it("that trades must be one that the project has", () => {
    const compose = "services: { backend: { image: x }, frontend: { image: x } }"
    expect(() => overrideOf(overrideWish({ compose, trading: ["executor"] }))).toThrow('has no service "executor"')
  })

  it("is started again, limited and logged as a node wants it", () => {
    const logs = { driver: "awslogs", region: "us-east-1", group: "/smart0dte/poc/smart-0dte" } as const
    const fields = "    restart: 'no'\n    mem_limit: 20g\n    deploy: { replicas: 3 }\n    logging: { driver: none }"
    const backend = backendOf(fields, "", { logs, memory: { backend: "3g" }, trading: [] })
    expect(backend).toMatchObject({
      restart: "unless-stopped",
      mem_limit: "3g",
      logging: { driver: "awslogs", options: { "awslogs-group": logs.group, "awslogs-stream": "backend" } },
    })
    expect(backend).not.toHaveProperty("deploy")
  })

  it("is read through anchors and merges, and written without them", () => {
    const compose =
      "x-base: &base { image: x, user: '1000' }\nservices:\n  backend: { <<: *base, working_dir: /app }\n  feed: *base"
    const text = overrideOf(overrideWish({ compose, ports: {} }))
    expect(text).not.toMatch(/[&*]a\d|<<|x-base/)
    expect(read(text).services).toMatchObject({
      backend: { user: "1000", working_dir: "/app" },
      feed: { user: "1000" },
    })
  })

  it.each([
    ["    network_mode: host", "uses the network of another (network_mode: host)"],
    ["    network_mode: service:feed", "uses the network of another"],
    ["    privileged: true", "wants the rights of the node itself"],
    ["    pid: host", "shares the node's own pid"],
    ["    volumes: ['/var/run/docker.sock:/var/run/docker.sock']", "mounts /var/run/docker.sock of the node"],
    ["    volumes: [{ type: bind, source: /, target: /host }]", "mounts / of the node"],
    ["    volumes: ['~/keys:/keys']", "mounts ~/keys, which is elsewhere on every machine"],
    ["    volumes: ['${HOME:-/root}:/keys']", "which is elsewhere on every machine"],
    ["    secrets: [token]", "uses secrets or configs of Compose"],
    ["    volumes_from: [feed]", "takes over volumes of another"],
    ["    extends: { file: base.yml, service: x }", "extends another"],
  ])("that says %j is refused", (fields, words) => {
    expect(refusal(fields)).toContain(words)
  })

  it("is refused with a volume that is a folder", () => {
    const volumes = "volumes: { code: { driver_opts: { type: none, o: bind, device: /srv/code } } }"
    expect(refusal("    volumes: ['code:/app']", volumes)).toContain(
      "uses the volume code, which is a folder of one machine",
    )
  })
})

describe("a project", () => {
  it.each([
    ["services: [", "is no YAML"],
    ["just text", "has no services"],
    ["services: {}", "has no services"],
    ["include: [other.yml]\nservices: { backend: { image: x } }", "includes others"],
    ["services: { Backend: { image: x } }", 'the service "Backend" has a name that images cannot have'],
    ["services: { api: { image: x } }", 'smart-0dte has no service "backend" in its Compose file'],
  ])("of %j is refused", (compose, words) => {
    expect(() => overrideOf(overrideWish({ compose }))).toThrow(words)
  })

  it("without a service that the config speaks of is refused, and one that is removed may be spoken of", () => {
    const compose = "services: { backend: { image: x }, redis: { image: r } }"
    const wish = (named: readonly string[]) => overrideWish({ compose, ports: {}, named })
    expect(() => overrideOf(wish(["backnd"]))).toThrow(
      expect.objectContaining({
        message: 'smart-0dte has no service "backnd" in its Compose file',
        hint: "it has backend; name the right ones in the config",
      }),
    )
    expect(overrideOf(wish(["backend", "redis"]))).not.toContain("redis")
  })
})
