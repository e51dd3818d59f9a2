import type { Account } from "../app/account.ts"
import { inReality, inTime } from "../aws/in-time.ts"
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

/** By their records and by their nodes: either of the two may be out of reach, or slow. */
async function environmentsFound(account: Account): Promise<readonly string[]> {
  const { cloud } = account
  const recorded = account.environments()
  const standing = nodesOf(cloud).then((nodes) => nodes.map(({ scope }) => scope))
  const within = (milliseconds: number) =>
    Promise.allSettled(
      [recorded, standing].map((one) => inTime(cloud.clock, inReality(cloud.clock, milliseconds), one)),
    )
  const soon = foundIn(await within(patience))
  if (soon.length > 0) return soon
  const ends = await within(longest)
  const late = foundIn(ends)
  if (late.length > 0) return late
  for (const end of ends) if (end.status === "rejected") throw end.reason
  throw new UserError(`no environment is found in account ${cloud.account}, ${cloud.region}`, {
    hint: "is it another account or region? say --profile or --region; nothing was halted",
  })
}

const foundIn = (ends: readonly PromiseSettledResult<readonly string[]>[]): readonly string[] =>
  [...new Set(ends.flatMap((end) => (end.status === "fulfilled" ? end.value : [])))].toSorted()

async function mayBeLive({ cloud, trading }: Account, scope: string): Promise<boolean> {
  try {
    const seen = await inTime(cloud.clock, inReality(cloud.clock, patience), trading(scope))
    return Object.values(seen?.record.systems ?? {}).some(({ mode }) => mode === "live")
  } catch {
    return true
  }
}

/** In milliseconds: it is a part of the five seconds in which all is to be known, if there is anything to be found. */
const patience = 700
const longest = 15_000
