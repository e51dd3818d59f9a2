import { randomUUID } from "node:crypto"
import { bucketArn, stateArn } from "../aws/allow.ts"
import type { Cloud } from "../aws/cloud.ts"
import { stateObjects } from "../aws/state/objects.ts"
import { type CloudKind, type Need, step } from "../aws/step.ts"
import { markerKey } from "../aws/trading/marker.ts"
import { type Trading, type TradingRecord, tradingKey } from "../aws/trading/record.ts"
import { changeTrading, readTrading } from "../aws/trading/store.ts"
import type { Scope } from "../engine/types.ts"
import { Locked, Refused } from "../errors.ts"

/** That the record says how a system trades, and on which node: no deploy says more of it than that. */
export interface TradingOf extends Pick<Trading, "mode" | "trading" | "trader"> {
  readonly scope: Scope
  readonly system: string
}

export interface TradingWish {
  readonly scope: Scope
  readonly system: string
  readonly bucket: Need<{ readonly bucket: string }>
  /** The one node that trades for it. */
  readonly instance: Need<{ readonly id: string }>
}

export const trading = ({ scope, system, bucket, instance }: TradingWish) =>
  step({
    kind: tradingKind,
    name: system,
    scope,
    needs: { bucket, instance },
    // The id is enough: the record is there before anything could ask for it.
    started: ["instance"],
    spec: {},
    links: ({ instance: { id } }) => ({ trader: id }),
    async create(ctx, { instance: { id } }, { token }) {
      await change(ctx, scope, token.slice(0, 32), (systems) => ({
        ...systems,
        [system]: systems[system] ?? firstOf(ctx, id),
      }))
    },
    async update(ctx, _live, _changes, { instance: { id } }) {
      await change(ctx, scope, newRun(), (systems) => {
        const now = systems[system]
        refuseLive(system, now, `the node that trades for it cannot become ${id}`)
        return { ...systems, [system]: { ...(now ?? firstOf(ctx, id)), trader: id } }
      })
    },
  })

export const tradingKind: CloudKind<TradingOf> = {
  name: "trading",
  // A second one finds its lines there.
  unique: "name",
  async list(ctx, scopes) {
    const objects = stateObjects(ctx, ctx.s3)
    const environments = scopes.filter((scope) => scope !== "account")
    const records = await Promise.all(environments.map((scope) => readTrading(objects, scope)))
    return records.flatMap((seen) =>
      Object.entries(seen?.record.systems ?? {}).map(([name, { mode, trading, trader }]) => {
        const scope = seen?.record.scope ?? ""
        const live = { scope, system: name, mode, trading, trader }
        return { scope, name, live, owner: "ours", phase: "ready" } as const
      }),
    )
  },
  async destroy(ctx, { scope, system }) {
    await withdraw(ctx, scope, system)
    await forgetMarker(ctx, scope, system)
    return undefined
  },
  // What runs by it goes first.
  before: ["system"],
  fixed: [],
  blank: { scope: "", system: "", mode: "development", trading: "active", trader: "" },
  allow: [
    { action: "s3:ListBucket", resource: bucketArn("state") },
    { action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], resource: stateArn("trading") },
  ],
  // Its node tells each minute whether it is halted.
  price: () => [{ sku: "cloudwatch/metric", units: 1 }],
  usually: { create: 1, update: 1, destroy: 1 },
}

type Systems = TradingRecord["systems"]

/** It trades from the first moment on, and only with paper. */
const firstOf = (ctx: Cloud, trader: string): Trading => ({
  mode: "development",
  trading: "active",
  trader,
  since: nowOf(ctx),
  digest: "",
  limits: "",
  account: "",
})

const change = (ctx: Cloud, scope: Scope, run: string, next: (systems: Systems) => Systems) =>
  changeTrading(stateObjects(ctx, ctx.s3), scope, { by: ctx.arn, run, at: nowOf(ctx) }, next)

/** Takes its lines off; the last one takes the record with it. */
async function withdraw(ctx: Cloud, scope: Scope, system: string): Promise<void> {
  const objects = stateObjects(ctx, ctx.s3)
  for (let attempt = 0; attempt < rounds; attempt++) {
    const seen = await readTrading(objects, scope)
    if (!seen) return
    const { [system]: own, ...others } = seen.record.systems
    refuseLive(system, own, "it cannot be taken away")
    if (Object.keys(others).length === 0) {
      // Also where the other one went in the same moment, and left nothing behind.
      if (await objects.remove(tradingKey(scope), seen.etag)) return
    } else if (own) {
      await change(ctx, scope, newRun(), ({ [system]: now, ...rest }) => {
        refuseLive(system, now, "it cannot be taken away")
        return rest
      })
    } else return
  }
  throw new Locked(`the trading record of ${scope} is being changed by others all the time`, { hint: "run again" })
}

const rounds = 5

/** A halt of this one would greet the next of its name. */
async function forgetMarker(ctx: Cloud, scope: Scope, system: string): Promise<void> {
  const objects = stateObjects(ctx, ctx.s3)
  const { etag } = await objects.get(markerKey(scope, system))
  if (etag !== undefined) await objects.remove(markerKey(scope, system), etag)
}

function refuseLive(system: string, now: Trading | undefined, what: string): void {
  if (now?.mode === "live" && now.trading === "active")
    throw new Refused(`${system} trades live on ${now.trader}: ${what}`, {
      hint: `halt it first with: smart0dte halt --system ${system}`,
    })
}

const nowOf = (ctx: Cloud): string => new Date(ctx.clock.now()).toISOString()

/** Another one each time: only what is made is made under the same one by a later run. */
const newRun = (): string => randomUUID().replaceAll("-", "")
