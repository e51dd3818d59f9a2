import { afterAll, beforeAll } from "vitest"
import { openCloud, type Session } from "../../src/aws/clients.ts"
import { scaledClock } from "../../src/aws/clock.ts"
import { type CloudKind, step } from "../../src/aws/step.ts"
import { apply } from "../../src/engine/apply.ts"
import { wantedOf } from "../../src/engine/compare.ts"
import { destroy } from "../../src/engine/destroy.ts"
import type { Finding } from "../../src/engine/observation.ts"
import { observe } from "../../src/engine/observe.ts"
import { fillNeeds, graphOf } from "../../src/engine/order.ts"
import type { Run } from "../../src/engine/run.ts"
import { type AnyStep, keyOf, type Lives } from "../../src/engine/types.ts"
import { type InProcess, inProcess } from "../../src/sandbox/in-process.ts"
import { services } from "../../src/sandbox/services/index.ts"

const speed = 2000

/** A sandbox, and the engine on it, for steps one by one. */
export interface Bench {
  readonly cloud: Session
  readonly sandbox: InProcess
  /** Brings these about, and fails where one failed. */
  make(...steps: readonly AnyStep[]): Promise<readonly string[]>
  /** The same, with these things taken over that somebody else has made. */
  adopt(...steps: readonly AnyStep[]): Promise<readonly string[]>
  /** What a plan says of a step. */
  see(step: AnyStep): Promise<Finding>
  /** The live fields of a step that is there. */
  live<S extends AnyStep>(step: S): Promise<Lives<{ it: S }>["it"]>
  /** What a step wants, now that what it needs is there. */
  wanted(step: AnyStep): Promise<Readonly<Record<string, unknown>>>
  /** Takes these down, and says what remains. */
  unmake(purge: boolean, ...steps: readonly AnyStep[]): Promise<readonly string[]>
}

/** One for all tests of a file; its things belong to this scope. */
export function bench(scope = "poc"): Bench {
  const opened: { sandbox?: InProcess; session?: Session } = {}
  const memory: Memory = { nonces: new Map(), former: new Map() }
  const blueprintOf = (steps: readonly AnyStep[]) => ({ name: "bench", scopes: [scope], steps })
  beforeAll(async () => {
    opened.sandbox = await inProcess({ services: services(), speed })
    const { url, accessKeyId, secretAccessKey, region } = opened.sandbox.connection
    const credentials = { accessKeyId, secretAccessKey }
    const place = { region, endpoint: url, onlyOrigin: url, credentials }
    opened.session = await openCloud({ ...place, clock: scaledClock(speed) })
  })
  afterAll(async () => {
    opened.session?.close()
    await opened.sandbox?.close()
  })
  const cloud = () => there(opened.session)
  const see = async (wanted: AnyStep) => {
    const { findings } = await observe(cloud(), blueprintOf([wanted]), kindsOf([wanted]))
    return there(findings.find(({ step }) => step === wanted))
  }
  const bring = async (steps: readonly AnyStep[], adopt: ReadonlySet<string>) => {
    const outcome = await apply(runOn(cloud(), memory), blueprintOf(steps), kindsOf(steps), { adopt })
    return doneBy(outcome).done.map(({ step, verb }) => `${verb} ${step.key}`)
  }
  return {
    get cloud() {
      return cloud()
    },
    get sandbox() {
      return there(opened.sandbox)
    },
    make: (...steps) => bring(steps, new Set()),
    adopt: (...steps) => bring(steps, new Set(steps.map(keyOf))),
    see,
    async live(wanted) {
      const finding = await see(wanted)
      // What the step's own kind listed is of the step's own type.
      return there(finding.found).live as never
    },
    async wanted(wish) {
      const { findings } = await observe(cloud(), blueprintOf([wish]), kindsOf([wish]))
      const lives = new Map(findings.map(({ step, found }) => [step, found?.live]))
      return wantedOf(
        wish,
        fillNeeds(wish, (need) => lives.get(need)),
      )
    },
    async unmake(purge, ...steps) {
      const outcome = await destroy(runOn(cloud(), memory), blueprintOf(steps), kindsOf(steps), { purge })
      return doneBy(outcome).remains.map(({ what }) => what)
    },
  }
}

/** Stands for something that is always there and never changes. */
export const standIn = <Live extends object>(live: Live) => {
  const kind: CloudKind<Live> = {
    name: "stand-in",
    unique: "name",
    fixed: [],
    blank: live,
    allow: [],
    usually: { create: 1 },
  }
  return step({
    kind,
    name: Object.values(live).join(" "),
    scope: "poc",
    needs: {},
    spec: {},
    read: async () => ({ live, owner: "ours", phase: "ready" }),
  })
}

export function there<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("it is not there")
  return value
}

const kindsOf = (steps: readonly AnyStep[]) => [
  ...new Set(graphOf({ name: "bench", scopes: [], steps }).steps.map((one) => one.kind)),
]

/** What the state bucket keeps from one run to the next. */
interface Memory {
  readonly nonces: Map<string, number>
  readonly former: Map<string, object>
}

function runOn(ctx: Session, { nonces, former }: Memory): Run<Session> {
  return {
    ctx,
    clock: ctx.clock,
    stop: new AbortController().signal,
    report: () => {},
    journal: {
      open: async (scope, key) => ({ nonce: `${scope} ${key} ${nonces.get(key) ?? 0}`, earlier: false }),
      close: (_, key) => void nonces.set(key, (nonces.get(key) ?? 0) + 1),
    },
    former: {
      load: async (_, key) => former.get(key),
      save: async (_, key, value) => void former.set(key, former.get(key) ?? value),
      forget: async (_, key) => void former.delete(key),
    },
  }
}

type Outcome = Awaited<ReturnType<typeof apply>>

function doneBy(outcome: Outcome): Outcome {
  const failed = outcome.failed.map(({ step, error }) => `${step.key}: ${error}`)
  if (failed.length > 0) throw new Error(failed.join("\n"))
  return outcome
}

export const fieldsOf = ({ changes }: Finding) => changes.map(({ field }) => field)
