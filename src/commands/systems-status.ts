import type { Cloud } from "../aws/cloud.ts"
import type { PlanRow } from "../engine/plan.ts"
import { type System, systemFacts, systems } from "../nodes/systems.ts"
import type { Outputs, SystemStatus } from "../report/results.ts"

type Health = SystemStatus["health"]

/** Each system that the environment has, as it stands on its node, by what that said last. Sends no command. */
export async function systemsStatus(
  cloud: Cloud,
  scope: string,
  rows: readonly PlanRow[],
  outputs: Outputs,
): Promise<readonly SystemStatus[]> {
  const running = rows.filter(({ step }) => step.kind === "system")
  if (running.length === 0) return []
  const { healthOf } = await import("../nodes/health.ts")
  const reported = await healthOf(cloud, scope)
  return systems.flatMap((system) => {
    const row = running.find(({ step }) => step.name === system)
    return row ? [statusOf(system, row, reported[system], outputs)] : []
  })
}

function statusOf(system: System, row: PlanRow, reported: Health | undefined, outputs: Outputs): SystemStatus {
  const said = row.phase === undefined ? {} : row.fields
  return {
    system,
    node: textOf(said.node),
    trader: true,
    health: healthFrom(row, reported),
    mode: "development",
    trading: "active",
    commit: textOf(said.commit),
    digest: textOf(said.digest),
    url: urlOf(system, outputs),
    note: typeof row.phase === "object" ? row.phase.failed : undefined,
  }
}

/** A release that failed may have gone back to what is well: then the node's own watch says so. */
function healthFrom({ phase }: PlanRow, reported: Health | undefined): Health {
  if (phase === undefined || phase === "leaving") return "unknown"
  if (reported !== undefined) return reported
  if (typeof phase === "object") return "unhealthy"
  return phase === "ready" ? "healthy" : "unknown"
}

function urlOf(system: System, { loadBalancerDns }: Outputs): string {
  const port = systemFacts[system].ports.frontend?.host
  return loadBalancerDns === undefined || port === undefined ? "" : `http://${loadBalancerDns}:${port}`
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "")
