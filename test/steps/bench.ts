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
import type { AnyStep, Lives } from "../../src/engine/types.ts"
import { type InProcess, inProcess } from "../../src/sandbox/in-process.ts"
import { services } from "../../src/sandbox/services/index.ts"

const speed = 2000

/** A sandbox, and the engine on it, for steps one by one. */
export interface Bench {
  readonly cloud: Session
  readonly sandbox: InProcess
  /** Brings these about, and fails where one failed. */
  make(...steps: readonly AnyStep[]): Promise<readonly string[]>
  /** What a plan says of a step. */
  see(step: AnyStep): Promise<Finding>
  /** The live fields of a step that is there. */
  live<S extends AnyStep>(step: S): Promise<Lives<{ it: S }>["it"]>
  /** What a step wants, now that what it needs is there. */
  wanted(step: AnyStep): Promise<Readonly<Record<string, unknown>>>
  /** Takes these down, and says what remains. */
  unmake(purge: boolean, ...steps: readonly AnyStep[]): Promise<readonly string[]>
}

/** One for all tests of a file. */
export function bench(): Bench {
  const opened: { sandbox?: InProcess; session?: Session } = {}
  const nonces = new Map<string, number>()
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
  return {
    get cloud() {
      return cloud()
    },
    get sandbox() {
      return there(opened.sandbox)
    },
    async make(...steps) {
      return doneBy(await apply(runOn(cloud(), nonces), blueprintOf(steps), kindsOf(steps))).done.map(
        ({ step, verb }) => `${verb} ${step.key}`,
      )
    },
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
      const outcome = await destroy(runOn(cloud(), nonces), blueprintOf(steps), kindsOf(steps), { purge })
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

const blueprintOf = (steps: readonly AnyStep[]) => ({ name: "bench", scopes: ["poc"], steps })

const kindsOf = (steps: readonly AnyStep[]) => [...new Set(graphOf(blueprintOf(steps)).steps.map((one) => one.kind))]

function runOn(ctx: Session, nonces: Map<string, number>): Run<Session> {
  return {
    ctx,
    clock: ctx.clock,
    stop: new AbortController().signal,
    report: () => {},
    journal: {
      open: async (scope, key) => ({ nonce: `${scope} ${key} ${nonces.get(key) ?? 0}`, earlier: false }),
      close: (_, key) => void nonces.set(key, (nonces.get(key) ?? 0) + 1),
    },
    former: { load: async () => undefined, save: async () => {}, forget: async () => {} },
  }
}

type Outcome = Awaited<ReturnType<typeof apply>>

function doneBy(outcome: Outcome): Outcome {
  const failed = outcome.failed.map(({ step, error }) => `${step.key}: ${error}`)
  if (failed.length > 0) throw new Error(failed.join("\n"))
  return outcome
}

export const fieldsOf = ({ changes }: Finding) => changes.map(({ field }) => field)
