import { bucketArn, stateArn } from "../aws/allow.ts"
import { stateObjects } from "../aws/state/objects.ts"
import { createRecord, readRecord, removeRecord, updateRecord } from "../aws/state/record.ts"
import { type CloudKind, type Need, step } from "../aws/step.ts"
import type { Scope, Wishes } from "../engine/types.ts"
import { AlreadyExists } from "../errors.ts"

/** What an environment is meant to be; made before anything of it, and removed after everything. */
export interface EnvironmentRecord {
  readonly scope: Scope
  /** Another one each time that the environment is made anew. */
  readonly generation: string
  readonly wishes: Wishes
}

export interface RecordWish {
  readonly scope: Scope
  readonly bucket: Need<{ readonly bucket: string }>
  readonly wishes: Wishes
}

export const record = ({ scope, bucket, wishes }: RecordWish) =>
  step({
    kind: recordKind,
    name: "main",
    scope,
    needs: { bucket },
    spec: { wishes },
    async create(ctx, _, birth) {
      const generation = birth.token.slice(0, 16)
      const created = new Date(ctx.clock.now()).toISOString()
      if (!(await createRecord(stateObjects(ctx, ctx.s3), { schema: 1, scope, generation, created, wishes })))
        throw new AlreadyExists(`there is a record of ${scope} already`, "RecordExists")
    },
    async update(ctx) {
      await updateRecord(stateObjects(ctx, ctx.s3), scope, (found) => ({
        ...found,
        wishes: mergeWishes(found.wishes, wishes),
      }))
    },
  })

export const recordKind: CloudKind<EnvironmentRecord> = {
  name: "record",
  // Its generation comes from the token, so it is another one after a destroy.
  unique: "token",
  async list(ctx, scopes) {
    const objects = stateObjects(ctx, ctx.s3)
    const records = await Promise.all(scopes.map((scope) => readRecord(objects, scope)))
    return records.flatMap((found) => {
      if (!found) return []
      const { scope, generation, wishes } = found
      return [{ scope, name: "main", live: { scope, generation, wishes }, owner: "ours", phase: "ready" } as const]
    })
  },
  async destroy(ctx, { scope }) {
    await removeRecord(stateObjects(ctx, ctx.s3), scope)
    return undefined
  },
  fixed: [],
  agrees: (_, live, want) => covers(live as Wishes, want as Wishes),
  inWords: (changes) => changes.flatMap(({ live, want }) => newlyWished(live as Wishes, want as Wishes)),
  blank: { scope: "", generation: "", wishes: {} },
  allow: [
    { action: "s3:ListBucket", resource: bucketArn("state") },
    { action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], resource: stateArn("records", ".json") },
  ],
  usually: { create: 1, update: 1, destroy: 1 },
}

/** What was wished of a field and is not spoken of now is wished still: a flag need not be given again. */
const mergeWishes = (last: Wishes, now: Wishes): Wishes =>
  Object.fromEntries(Object.entries(now).map(([key, fields]) => [key, { ...last[key], ...fields }]))

const covers = (last: Wishes, now: Wishes): boolean =>
  Object.keys(last).length === Object.keys(now).length && Object.keys(now).every((key) => !isOther(key, last, now))

/** Fingerprints say nothing: whose they are is all that a reader can use. */
function newlyWished(last: Wishes, now: Wishes): readonly string[] {
  const fresh = Object.keys(now).filter((key) => isOther(key, last, now))
  const gone = Object.keys(last).filter((key) => !now[key])
  return [
    ...(fresh.length > 0 ? [`newly wished: ${fresh.join(", ")}`] : []),
    ...(gone.length > 0 ? [`no longer wished: ${gone.join(", ")}`] : []),
  ]
}

const isOther = (key: string, last: Wishes, now: Wishes): boolean =>
  !last[key] || !now[key] || Object.entries(now[key]).some(([field, print]) => last[key]?.[field] !== print)
