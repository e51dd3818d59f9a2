import { inject } from "vitest"
import { systems } from "../../src/nodes/systems.ts"
import { type Engine, engineIn } from "./engine.ts"
import { type Outcome, release } from "./ground.ts"
import { nodeIn, type RealNode } from "./node.ts"

export interface Lane {
  readonly engine: Engine
  readonly node: RealNode
  /** What became of both systems, which were started at once. */
  readonly started: readonly Outcome[]
  /** All containers, as the engine sees them. */
  containers(): Promise<readonly Container[]>
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
  readonly NetworkSettings: { readonly Networks: Readonly<Record<string, unknown>> }
}

/** The engine and the node that the lane has; both systems run their main branch. */
export async function openLane(): Promise<Lane> {
  const folder = inject("folder")
  const engine = engineIn(folder)
  const node = nodeIn(folder, engine)
  const started = await Promise.all(systems.map((system) => release(node, system, "main")))
  return {
    engine,
    node,
    started,
    async containers() {
      const ids = (await engine.docker("ps", "-aq", "--filter", "label=com.docker.compose.project"))
        .split("\n")
        .filter((id) => id !== "")
      // Docker's own words for it; the lane reads what it needs.
      return ids.length === 0 ? [] : (JSON.parse(await engine.docker("inspect", ...ids)) as readonly Container[])
    },
  }
}

export const systemOf = ({ Config: { Labels } }: Container): string => Labels["com.docker.compose.project"] ?? ""
export const serviceOf = ({ Config: { Labels } }: Container): string => Labels["com.docker.compose.service"] ?? ""

export function variablesIn({ Config: { Env } }: Container): ReadonlyMap<string, string> {
  return new Map(Env.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]))
}
