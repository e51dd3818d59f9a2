import type { Cloud } from "../aws/cloud.ts"
import type { PlanRow } from "../engine/plan.ts"
import { type System, systems } from "../nodes/systems.ts"
import type { SystemStatus } from "../report/results.ts"
import { urlsOf } from "./site-urls.ts"
import { type TradingFound, tradingStatus } from "./trading-status.ts"

type Health = SystemStatus["health"]

/** Each system that the environment has, as it stands on its node, by what that said last. Sends no command. */
export async function systemsStatus(
  cloud: Cloud,
  scope: string,
  rows: readonly PlanRow[],
): Promise<readonly SystemStatus[]> {
  const running = rows.filter(({ step }) => step.kind === "system")
  if (running.length === 0) return []
  const [{ healthOf }, { reportedTrading }] = await Promise.all([
    import("../nodes/health.ts"),
    import("../nodes/live/reported.ts"),
  ])
  const [reported, said, { record, trouble }] = await Promise.all([
    healthOf(cloud, scope),
    reportedTrading(cloud, scope),
    readRecord(cloud, scope),
  ])
  const urls = urlsOf(rows)
  return systems.flatMap((system) => {
    const row = running.find(({ step }) => step.name === system)
    if (!row) return []
    const trading = { recorded: record?.systems[system], trouble, said: said[system] }
    return [statusOf(row, { system, trading, reported: reported[system], url: urls[system]?.web ?? "" })]
  })
}

interface About {
  readonly system: System
  readonly reported: Health | undefined
  readonly trading: TradingFound
  readonly url: string
}

function statusOf(row: PlanRow, { system, reported, trading, url }: About): SystemStatus {
  const said = row.live ?? {}
  const node = textOf(said.node)
  const { note, ...trades } = tradingStatus(trading, node)
  return {
    system,
    node,
    ...trades,
    health: healthFrom(row, reported),
    commit: textOf(said.commit),
    digest: textOf(said.digest),
    url,
    note: typeof row.phase === "object" ? row.phase.failed : note,
  }
}

/** That it cannot be read is told beside what is known all the same. */
async function readRecord(cloud: Cloud, scope: string) {
  const [{ stateObjects }, { readTrading }] = await Promise.all([
    import("../aws/state/objects.ts"),
    import("../aws/trading/store.ts"),
  ])
  try {
    const seen = await readTrading(stateObjects(cloud, cloud.s3), scope)
    return { record: seen?.record, trouble: undefined }
  } catch (error) {
    return { record: undefined, trouble: error instanceof Error ? error.message : String(error) }
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
