import type { Cloud } from "../aws/cloud.ts"
import type { PlanRow } from "../engine/plan.ts"
import { type System, systems } from "../nodes/systems.ts"
import type { SystemStatus } from "../report/results.ts"
import { urlsOf } from "./site-urls.ts"

type Health = SystemStatus["health"]

/** Each system that the environment has, as it stands on its node, by what that said last. Sends no command. */
export async function systemsStatus(
  cloud: Cloud,
  scope: string,
  rows: readonly PlanRow[],
): Promise<readonly SystemStatus[]> {
  const running = rows.filter(({ step }) => step.kind === "system")
  if (running.length === 0) return []
  const { healthOf } = await import("../nodes/health.ts")
  const reported = await healthOf(cloud, scope)
  const urls = urlsOf(rows)
  return systems.flatMap((system) => {
    const row = running.find(({ step }) => step.name === system)
    return row ? [statusOf(system, row, reported[system], urls[system]?.web ?? "")] : []
  })
}

function statusOf(system: System, row: PlanRow, reported: Health | undefined, url: string): SystemStatus {
  const said = row.live ?? {}
  return {
    system,
    node: textOf(said.node),
    trader: true,
    health: healthFrom(row, reported),
    mode: "development",
    trading: "active",
    commit: textOf(said.commit),
    digest: textOf(said.digest),
    url,
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

const textOf = (value: unknown): string => (typeof value === "string" ? value : "")
