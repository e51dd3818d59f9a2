import { databaseBackups } from "../aws/backups/database.ts"
import { restorableUntil } from "../aws/backups/restorable.ts"
import type { Cloud } from "../aws/cloud.ts"
import type { BackupFacts, FrontFacts, LiveFacts } from "../nodes/live/facts.ts"
import { type Listener, listenerKind } from "../steps/listener.ts"
import { securityGroupKind } from "../steps/security-group.ts"
import { subscriptionKind } from "../steps/subscription.ts"

/** Who may knock, and at which doors nothing is encrypted: as it is in the account, whatever was wished. */
export async function frontFacts(cloud: Cloud, scope: string): Promise<FrontFacts> {
  const [groups = [], doors = []] = await Promise.all([
    securityGroupKind.list?.(cloud, [scope]),
    listenerKind.list?.(cloud, [scope]),
  ])
  const whole = await Promise.all(
    doors.map(async (door) => ({
      name: door.name,
      live: ((await listenerKind.complete?.(cloud, door)) ?? door).live,
    })),
  )
  return {
    open: groups.flatMap(({ name, live }) =>
      live.ingress
        .filter(({ peer }) => isWorld(peer))
        .map(
          ({ peer, from, to }) => `security group ${name} lets in ${peer} at ${from === to ? from : `${from}-${to}`}`,
        ),
    ),
    cleartext: whole
      .filter(({ live }) => live.protocol === "HTTP" && handsOn(live))
      .map(({ name, live }) => `listener ${name} speaks HTTP at ${live.port}`),
  }
}

/** Also by halves: who lets in so many lets in anybody. */
export function isWorld(peer: string): boolean {
  const [, bits] = /^[0-9a-f.:]+\/(\d+)$/i.exec(peer) ?? []
  return bits !== undefined && Number(bits) < (peer.includes(":") ? 16 : 8)
}

/** One that only says where else to go gives nothing away. */
const handsOn = ({ otherwise, rules }: Listener): boolean =>
  [otherwise, ...rules.map(({ to }) => to)].some((to) => to.startsWith("forward"))

export async function subscriptionFacts(cloud: Cloud, scope: string): Promise<LiveFacts["subscriptions"]> {
  const found = (await subscriptionKind.list?.(cloud, [scope])) ?? []
  return found.map(({ live: { endpoint, confirmed } }) => ({ endpoint, confirmed }))
}

export async function backupFacts(cloud: Cloud, scope: string): Promise<BackupFacts> {
  const [restorable, snapshots] = await Promise.all([restorableUntil(cloud, scope), databaseBackups(cloud, scope)])
  const ready = snapshots.filter(({ state }) => state === "ready").map(({ made }) => made.getTime())
  return { restorable, snapshot: ready.length > 0 ? Math.max(...ready) : undefined }
}
