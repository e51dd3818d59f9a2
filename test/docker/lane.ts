import { rm } from "node:fs/promises"
import { join } from "node:path"
import { inject } from "vitest"
import { systems } from "../../src/nodes/systems.ts"
import { me, recordOf } from "../templates/node/trader-node.ts"
import { type Engine, engineIn } from "./engine.ts"
import { type Ground, type Outcome, type RunningNode, release } from "./ground.ts"
import { nodeIn, type RealNode } from "./node.ts"

/** A node on which both systems were started at once, real or stood in for: what holds on one holds on the other. */
export interface Lane {
  readonly node: RunningNode
  /** Where it publishes. */
  readonly address: string
  /** What became of both systems. */
  readonly started: readonly Outcome[]
  /** All containers, as the engine sees them. */
  containers(): Promise<readonly Container[]>
  /** Where they are reached, each as ADDRESS:PORT of the node. */
  published(): Promise<readonly string[]>
  /** Starts the machine again; what the start of each system said. */
  reboot(): Promise<readonly string[]>
}

export interface RealLane extends Lane {
  readonly engine: Engine
  readonly node: RealNode
}

/** What is asked of a container. */
export interface Container {
  readonly Name: string
  readonly Image: string
  readonly State: { readonly Status: string; readonly StartedAt: string }
  readonly Config: {
    readonly Env: readonly string[]
    readonly Cmd: readonly string[]
    readonly Labels: Readonly<Record<string, string>>
  }
  readonly HostConfig: {
    readonly Memory: number
    readonly RestartPolicy: { readonly Name: string }
    readonly LogConfig: { readonly Type: string }
    readonly PortBindings: Readonly<Record<string, readonly { readonly HostIp: string; readonly HostPort: string }[]>>
  }
  readonly Mounts: readonly { readonly Type: string; readonly Destination: string }[]
  readonly NetworkSettings: {
    readonly Networks: Readonly<Record<string, unknown>>
    readonly Ports?: Readonly<Record<string, readonly { readonly HostIp: string }[] | null>>
  }
}

/** The engine and the node that the lane has; both systems run their main branch. */
export async function openLane(): Promise<RealLane> {
  const folder = inject("folder")
  const engine = engineIn(folder)
  const node = nodeIn(folder, engine)
  const containers = async () => {
    const ids = (await engine.docker("ps", "-aq", "--filter", "label=com.docker.compose.project"))
      .split("\n")
      .filter((id) => id !== "")
    // Docker's own words for it; the lane reads what it needs.
    const found = ids.length === 0 ? [] : (JSON.parse(await engine.docker("inspect", ...ids)) as readonly Container[])
    return found.filter(({ Config }) => Config.Labels["smart0dte.machine"] === undefined)
  }
  return {
    engine,
    node,
    address: "127.0.0.1",
    started: await startBoth(node, me),
    containers,
    published: async () => boundBy(await containers()),
    async reboot() {
      await engine.stop()
      await engine.start()
      await rm(join(node.root, "run/smart0dte"), { recursive: true })
      return Promise.all(systems.map((system) => startAgain(node, system)))
    },
  }
}

export const boundBy = (containers: readonly Container[]): readonly string[] =>
  containers
    .flatMap(({ HostConfig }) => Object.values(HostConfig.PortBindings).flat())
    .map(({ HostIp, HostPort }) => `${HostIp}:${HostPort}`)

/** The first deploy, on the node of this id. */
export async function startBoth(ground: Ground, trader: string): Promise<readonly Outcome[]> {
  const usual = { mode: "development", trading: "active", trader } as const
  await ground.putObject("trading/poc/record", recordOf(1, { "smart-0dte": usual, "mag7-7dte": usual }))
  return Promise.all(systems.map((system) => release(ground, system, "main")))
}

/** As its unit does. */
async function startAgain(node: RealNode, system: string): Promise<string> {
  const { exitCode, stderr } = await node.run("start", system)
  if (exitCode !== 0) throw new Error(`${system} did not start again: ${stderr}`)
  return stderr
}

/** Where an engine is shared, the project has something before its name. */
export const systemOf = ({ Config: { Labels } }: Container): string =>
  systems.find((system) => Labels["com.docker.compose.project"]?.endsWith(system)) ?? ""
export const serviceOf = ({ Config: { Labels } }: Container): string => Labels["com.docker.compose.service"] ?? ""

/** As the machine calls them, on whatever engine they are. */
export const networksOf = ({ Config: { Labels }, NetworkSettings }: Container): readonly string[] => {
  const machine = Labels["smart0dte.machine"]
  const before = machine === undefined ? "" : `${machine}-`
  return Object.keys(NetworkSettings.Networks).map((name) => {
    if (!name.startsWith(before)) throw new Error(`${name} is not a network of ${machine}`)
    return name.slice(before.length)
  })
}

export function variablesIn({ Config: { Env } }: Container): ReadonlyMap<string, string> {
  return new Map(Env.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]))
}
