import type { Account } from "../app/account.ts"
import type { Sources } from "../app/site.ts"
import { type Backup, backupIdAt } from "../aws/backups/backup.ts"
import type { Listed, Scope } from "../engine/types.ts"
import type { Part } from "./keeping.ts"
import type { PlanOptions } from "./planning.ts"
import type { DataPart } from "./restorable.ts"

export interface Restore {
  readonly sources: Sources
  /** What is made anew for it, with the data that it has: that is what the environment's name is typed for. */
  readonly requests: PlanOptions
  /** Snapshots of AWS's own, which would go with the thing that they are of. */
  readonly copied: readonly Backup[]
}

const restored = {
  database: { step: "database/postgres", choice: "database-source", wish: "databaseSource" },
  influx: { step: "volume/influx", choice: "influx-source", wish: "influxSource" },
} as const satisfies Readonly<Record<DataPart, unknown>>

/** What is to be wished, so that these are what the environment is made from. */
export async function restoreOf(account: Account, scope: Scope, kept: readonly Backup[]): Promise<Restore> {
  const { nameOfCopy } = await import("../aws/backups/database.ts")
  const standing = await standingOf(account, scope)
  const copied = kept.filter(({ origin }) => origin === "automatic")
  const wishes = await Promise.all(
    kept.map(async (one) => {
      const { wish, step } = restored[partOf(one)]
      const snapshot = copied.includes(one) ? nameOfCopy(one.name) : one.name
      return { step, wish: [wish, await wishFor(account, standing[partOf(one)], snapshot)] }
    }),
  )
  return {
    sources: Object.fromEntries(wishes.map(({ wish }) => wish)),
    requests: { prune: false, replace: new Set(wishes.map(({ step }) => step)) },
    copied,
  }
}

const partOf = ({ part }: Backup): DataPart => (part === "influx" ? "influx" : "database")

interface Origin {
  readonly source: string
  readonly born: string
}

interface Standing {
  /** What was wished last. */
  readonly wished: string | undefined
  /** What is there was made from, and when. */
  readonly source: string | undefined
  readonly born: string
}

async function standingOf({ cloud }: Account, scope: Scope): Promise<Readonly<Record<DataPart, Standing>>> {
  const [{ choiceKind }, { databaseKind }, { volumeKind }] = await Promise.all([
    import("../steps/choice.ts"),
    import("../steps/database.ts"),
    import("../steps/volume.ts"),
  ])
  const [choices = [], databases = [], volumes = []] = await Promise.all([
    choiceKind.list?.(cloud, [scope]),
    databaseKind.list?.(cloud, [scope]),
    volumeKind.list?.(cloud, [scope]),
  ])
  const standing = (part: DataPart, things: readonly Listed<Origin>[]): Standing => {
    const { choice, step } = restored[part]
    const there = things.find(({ name, phase }) => step.endsWith(`/${name}`) && phase !== "leaving")
    const wished = choices.find(({ name }) => name === choice)?.live.value
    return { wished, source: there?.live.source, born: there?.live.born ?? "" }
  }
  return { database: standing("database", databases), influx: standing("influx", volumes) }
}

/** A wish for the same snapshot that was not carried out to its end is still that wish; all else is a new one. */
async function wishFor({ cloud }: Account, { wished, source, born }: Standing, snapshot: string): Promise<string> {
  const { snapshotIn, sourceOf } = await import("../aws/source.ts")
  const isOpen = wished !== undefined && wished !== source && snapshotIn(wished) === snapshot
  // By the clock of AWS it is younger than what makes room for it, whatever the clock says here.
  const soonest = (Date.parse(born) || 0) + 1_000
  return isOpen ? wished : sourceOf(snapshot, Math.max(cloud.clock.now(), soonest))
}

/** To be made before anything goes. */
export function copiesOf({ cloud }: Account, scope: Scope, copied: readonly Backup[]): readonly Part[] {
  return copied.map((one) => ({
    part: one.part,
    scope,
    id: backupIdAt(one.made.getTime()),
    usual: 180,
    keep: async () => (await import("../aws/backups/database.ts")).copyDatabase(cloud, scope, one),
  }))
}
