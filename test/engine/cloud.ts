import type { StepEvent } from "../../src/engine/events.ts"
import type { Run } from "../../src/engine/run.ts"
import { type AnyKind, type AnyStep, type Kind, type Phase, type StepOf, stepFor } from "../../src/engine/types.ts"
import { AlreadyExists, NotFound, OutcomeUnknown, StillInUse } from "../../src/errors.ts"

/** A cloud with one sort of thing in it: enough to try the engine without AWS. */
export interface Thing {
  readonly id: string
  readonly kind: string
  readonly scope: string
  readonly name: string
  readonly owner: "ours" | "adopted" | "foreign"
  readonly on: readonly string[]
  readonly token: string
  readonly visibleAt: number
  readonly readyAt: number
  readonly fails?: string
  /** Until when it is still shown, though it is going. */
  readonly goneAt?: number
  readonly size: number
  readonly color: string
}

export class Cloud {
  things = new Map<string, Thing>()
  calls: string[] = []
  now = 0
  made = 0
  /** The n-th create of a kind loses its answer: before its effect, or after. */
  lose = new Map<string, "before" | "after">()
  refuse = new Map<string, Error>()
  blindFor = 0
  slow = new Map<string, number>()

  make(thing: Pick<Thing, "kind" | "scope" | "name"> & Partial<Thing>): void {
    this.calls.push(`create ${thing.kind}/${thing.name}`)
    const key = `${thing.kind}/${thing.name}`
    const refusal = this.refuse.get(key)
    if (refusal) throw refusal
    const lost = this.lose.get(key)
    this.lose.delete(key)
    if (lost === "before") throw new OutcomeUnknown("no answer", "Lost")
    this.add(thing)
    if (lost === "after") throw new OutcomeUnknown("no answer", "Lost")
  }

  add(thing: Pick<Thing, "kind" | "scope" | "name"> & Partial<Thing>): Thing {
    const id = `${thing.kind}-${++this.made}`
    const readyAt = this.now + (this.slow.get(thing.kind) ?? 0) * 1000
    const visibleAt = this.now + this.blindFor
    const whole = { id, owner: "ours", on: [], token: "", size: 1, color: "red", visibleAt, readyAt, ...thing } as Thing
    this.things.set(id, whole)
    return whole
  }

  change(id: string, fields: Partial<Thing>): void {
    const thing = this.things.get(id)
    if (!thing) throw new NotFound(`${id} is not there`, "NotFound")
    this.calls.push(`update ${thing.kind}/${thing.name}`)
    this.things.set(id, { ...thing, ...fields })
  }

  drop(id: string): void {
    const thing = this.things.get(id)
    if (!thing) throw new NotFound(`${id} is not there`, "NotFound")
    this.calls.push(`destroy ${thing.kind}/${thing.name}`)
    for (const other of this.things.values())
      if (other.on.includes(id)) throw new StillInUse(`${other.id} stands on ${id}`, "DependencyViolation")
    this.things.delete(id)
  }

  visible(kind: string): readonly Thing[] {
    const shown = ({ visibleAt, goneAt = Number.POSITIVE_INFINITY }: Thing) =>
      visibleAt <= this.now && this.now < goneAt
    return [...this.things.values()].filter((thing) => thing.kind === kind && shown(thing))
  }

  phase(thing: Thing): Phase {
    if (thing.fails !== undefined) return { failed: thing.fails }
    if (thing.goneAt !== undefined) return "leaving"
    return thing.readyAt <= this.now ? "ready" : "pending"
  }

  changes(): readonly string[] {
    return this.calls.filter((call) => !call.startsWith("list"))
  }
}

export interface Live {
  readonly id: string
  readonly size: number
  readonly color: string
  readonly on: readonly string[]
}

export function kindOf(name: string, more: Partial<Kind<Cloud, Live>> = {}): Kind<Cloud, Live> {
  return {
    name,
    unique: "tags",
    fixed: ["size"],
    blank: { id: `${name}-(new)`, size: 0, color: "", on: [] },
    allow: [],
    usually: { create: 10, update: 1, destroy: 2 },
    async list(cloud, scopes) {
      cloud.calls.push(`list ${name}`)
      return cloud
        .visible(name)
        .filter((thing) => scopes.includes(thing.scope) && thing.owner !== "foreign")
        .map((thing) => ({
          scope: thing.scope,
          name: thing.name,
          owner: thing.owner,
          phase: cloud.phase(thing),
          live: { id: thing.id, size: thing.size, color: thing.color, on: thing.on },
        }))
    },
    async destroy(cloud, live) {
      cloud.drop(live.id)
      return undefined
    },
    ...more,
  }
}

const step = stepFor<Cloud>()

interface Wish {
  readonly name: string
  readonly on?: readonly StepOf<Cloud, Live>[]
  readonly size?: number
  readonly color?: string
  readonly scope?: string
}

export type TestStep = AnyStep<Cloud>

export function thing(kind: Kind<Cloud, Live>, wish: Wish, more: Partial<TestStep> = {}): TestStep {
  const scope = wish.scope ?? "poc"
  const made = step({
    kind,
    name: wish.name,
    scope,
    needs: { on: wish.on ?? [] },
    spec: { size: wish.size ?? 1, color: wish.color ?? "red" },
    links: ({ on }) => ({ on: on.map((one) => one.id) }),
    async create(cloud, { on }, birth) {
      const taken = [...cloud.things.values()].some((t) => t.kind === kind.name && t.name === wish.name)
      if (kind.unique === "name" && taken) {
        cloud.calls.push(`create ${kind.name}/${wish.name}`)
        throw new AlreadyExists(`${wish.name} is there`, "AlreadyExists")
      }
      const ids = on.map((one) => one.id)
      const twin = [...cloud.things.values()].find((t) => kind.unique === "token" && t.token === birth.token)
      if (twin) return
      cloud.make({ kind: kind.name, scope, name: wish.name, on: ids, token: birth.token, size: wish.size ?? 1 })
    },
    async update(cloud, live, changes) {
      cloud.change(live.id, Object.fromEntries(changes.map((change) => [change.field, change.want])))
    },
  })
  return { ...made, ...more } as TestStep
}

export interface Recorded extends Run<Cloud> {
  readonly events: StepEvent[]
  readonly intents: Map<string, string>
}

/** A run whose time passes only by sleeping. */
export function runOn(cloud: Cloud, intents = new Map<string, string>(), stop = new AbortController()): Recorded {
  const former = new Map<string, object>()
  const events: StepEvent[] = []
  return {
    ctx: cloud,
    events,
    intents,
    stop: stop.signal,
    clock: {
      now: () => cloud.now,
      async sleep(milliseconds) {
        cloud.now += milliseconds
        await new Promise((resolve) => setImmediate(resolve))
      },
    },
    journal: {
      async open(scope, key) {
        const id = `${scope} ${key}`
        const earlier = intents.has(id)
        intents.set(id, intents.get(id) ?? `nonce-${intents.size}-${cloud.made}`)
        return { nonce: intents.get(id) ?? "", earlier }
      },
      close: (scope, key) => void intents.delete(`${scope} ${key}`),
    },
    former: {
      load: async (scope, key) => former.get(`${scope} ${key}`),
      async save(scope, key, value) {
        if (!former.has(`${scope} ${key}`)) former.set(`${scope} ${key}`, value)
      },
      async forget(scope, key) {
        former.delete(`${scope} ${key}`)
      },
    },
    report: (event) => void events.push(event),
  }
}

export const blueprintOf = (steps: readonly TestStep[], scopes: readonly string[] = ["poc"]) => ({
  name: "test",
  scopes,
  steps,
})

export const kindsOf = (...kinds: readonly AnyKind<Cloud>[]) => kinds
