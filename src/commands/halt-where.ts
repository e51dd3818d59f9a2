import type { Account } from "../app/account.ts"
import { inTime } from "../aws/in-time.ts"
import { UserError } from "../errors.ts"
import { nodesOf } from "../nodes/live/nodes.ts"

/**
 * Where nobody says which environment: each that has a live system, or where none has, all. What may be live counts as
 * live: a record that cannot be read does not keep it from being halted.
 */
export async function environmentsToHalt(account: Account): Promise<readonly string[]> {
  const found = await environmentsFound(account)
  const live = await Promise.all(found.map((scope) => mayBeLive(account, scope)))
  const meant = found.filter((_, nth) => live[nth])
  return meant.length > 0 ? meant : found
}

/** By their records and by their nodes: either of the two may be out of reach. */
async function environmentsFound(account: Account): Promise<readonly string[]> {
  const { cloud } = account
  const [recorded, standing] = await Promise.allSettled([
    inTime(cloud.clock, patience, account.environments()),
    inTime(cloud.clock, patience, nodesOf(cloud)),
  ])
  const found = new Set([
    ...(recorded.status === "fulfilled" ? recorded.value : []),
    ...(standing.status === "fulfilled" ? standing.value.map(({ scope }) => scope) : []),
  ])
  if (found.size > 0) return [...found].toSorted()
  if (recorded.status === "rejected") throw recorded.reason
  if (standing.status === "rejected") throw standing.reason
  throw new UserError(`no environment is found in account ${cloud.account}, ${cloud.region}`, {
    hint: "is it another account or region? say --profile or --region; nothing was halted",
  })
}

async function mayBeLive({ cloud, trading }: Account, scope: string): Promise<boolean> {
  try {
    const seen = await inTime(cloud.clock, patience, trading(scope))
    return Object.values(seen?.record.systems ?? {}).some(({ mode }) => mode === "live")
  } catch {
    return true
  }
}

/** In milliseconds: it is a part of the five seconds in which all is known. */
const patience = 700
