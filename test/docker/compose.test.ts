import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { execa } from "execa"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { parse } from "yaml"
import { overrideOf } from "../../src/nodes/override.ts"
import { type System, systemFacts, systems } from "../../src/nodes/systems.ts"
import influx from "../../src/templates/node/influx.compose.yaml"
import { overrideWish, sampleText } from "../nodes/override-wish.ts"
import { composes } from "./composes.ts"

/** What `config` answers, as far as both of its versions are asked. */
interface Loaded {
  readonly services: Readonly<Record<string, LoadedService>>
  readonly networks: Readonly<Record<string, { readonly name?: string; readonly external?: unknown }>>
}

interface LoadedService {
  readonly environment: Readonly<Record<string, string>>
  readonly ports?: readonly (
    | string
    | { readonly host_ip: string; readonly published: string; readonly target: number }
  )[]
  readonly volumes?: readonly (string | { readonly type: string; readonly target: string })[]
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>
  readonly logging: { readonly driver: string }
  readonly networks: Readonly<Record<string, unknown>>
  readonly restart: string
}

const sample = (system: System) => new URL(`../../src/sandbox/samples/${system}/main`, import.meta.url).pathname

const kept = ["backend", "data-feed", "frontend", "signal-generator"]

// What is not there is said by the setup too: a version that was not tried is no secret.
for (const { program, there, version } of composes())
  describe.runIf(there)(`Docker Compose ${version}`, () => tryConfig(program))

function tryConfig(program: string): void {
  let folder: string
  const config = async (project: string, text: string, env: Readonly<Record<string, string>> = {}): Promise<Loaded> => {
    await writeFile(join(folder, "override.yaml"), text)
    const args = ["-p", "tried", "--project-directory", project, "-f", join(folder, "override.yaml"), "config"]
    const { stdout } = await execa(program, args, { env: { PATH: "/usr/bin:/bin", ...env }, extendEnv: false })
    // Only what is declared above is read of it.
    return parse(stdout) as Loaded
  }
  const override = async (system: System, more: object = {}) =>
    overrideOf(overrideWish({ system, compose: await sampleText(system), ...more }))
      // As the node's scripts fill it in.
      .replaceAll("/run/smart0dte/", `${folder}/`)
      .replaceAll(/\$\{ADDRESS\}/g, "10.20.10.5")
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "smart0dte-compose-"))
    for (const system of systems) {
      await mkdir(join(folder, system))
      for (const name of kept) await writeFile(join(folder, system, `${name}.env`), `WHOSE=${system}/${name}\n`)
    }
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it.each(systems)("takes the override of %s for what it says", async (system) => {
    const { services } = await config(sample(system), await override(system))
    expect(Object.keys(services).sort()).toEqual(kept)
    const { backend, frontend } = systemFacts[system].ports
    expect(Object.values(services).flatMap(publishedBy)).toEqual([
      `10.20.10.5:${backend?.host}:${backend?.container}`,
      `10.20.10.5:${frontend?.host}:${frontend?.container}`,
    ])
    expect(Object.entries(services).map(([name, { environment }]) => [name, environment.WHOSE])).toEqual(
      Object.keys(services).map((name) => [name, `${system}/${name}`]),
    )
    for (const name of Object.values(services).flatMap((service) => Object.keys(service.depends_on ?? {})))
      expect(kept).toContain(name)
    expect(Object.values(services).flatMap(mountedBy)).toEqual(system === "smart-0dte" ? ["/app/logs"] : [])
  })

  it.each(["smart0dte-gateway-paper-smart-0dte", "smart0dte-gateway-live-smart-0dte"])(
    "puts what trades, and that alone, into the network %s",
    async (name) => {
      const loaded = await config(sample("smart-0dte"), await override("smart-0dte"), { GATEWAY_NETWORK: name })
      const joined = Object.entries(loaded.services).filter(([, { networks }]) => Object.hasOwn(networks, "gateway"))
      expect(joined.map(([service]) => service)).toEqual(["backend"])
      expect(loaded.networks.gateway).toMatchObject({ name, external: true })
      expect(loaded.services.backend?.restart).toBe("on-failure")
      expect(loaded.services.frontend?.restart).toBe("unless-stopped")
    },
  )

  it.each(systems)("takes the override of %s with logs that go to CloudWatch", async (system) => {
    const logs = { driver: "awslogs", region: "us-east-1", group: "/smart0dte/poc/x" }
    const { services } = await config(sample(system), await override(system, { logs }))
    expect(new Set(Object.values(services).map(({ logging }) => logging.driver))).toEqual(new Set(["awslogs"]))
  })

  it("refuses what it does not know: it reads all of it", async () => {
    const broken = (await override("smart-0dte")).replace("    mem_limit:", "    mem_limits:")
    await expect(config(sample("smart-0dte"), broken)).rejects.toThrow(/mem_limits/)
  })

  it("takes the file of InfluxDB", async () => {
    const env = {
      INFLUX_IMAGE: "influxdb:2",
      INFLUX_ENVIRONMENT: `${folder}/smart-0dte/backend.env`,
      INFLUX_DATA: folder,
    }
    const { services } = await config(folder, influx, env)
    expect(Object.values(services).flatMap(publishedBy)).toEqual(["127.0.0.1:8086:8086"])
  })
}

const publishedBy = ({ ports = [] }: LoadedService): readonly string[] =>
  ports.map((port) =>
    typeof port === "string" ? port.replace("/tcp", "") : `${port.host_ip}:${port.published}:${port.target}`,
  )

/** Where, each by its target: a folder of the machine would begin with a slash or a dot. */
const mountedBy = ({ volumes = [] }: LoadedService): readonly string[] =>
  volumes.map((mount) => {
    const [kind, target] =
      typeof mount === "string"
        ? [/^[./~]/.test(mount) ? "bind" : "volume", mount.split(":")[1]]
        : [mount.type, mount.target]
    return kind === "volume" ? (target ?? "") : `${kind} ${target}`
  })
