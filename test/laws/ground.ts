import { CreateHostedZoneCommand } from "@aws-sdk/client-route-53"
import { type CloudSettings, openCloud, type Session } from "../../src/aws/clients.ts"
import { scaledClock } from "../../src/aws/clock.ts"
import type { Cloud } from "../../src/aws/cloud.ts"
import { kindsOf } from "../../src/blueprints/kinds.ts"
import { type SingleWish, single } from "../../src/blueprints/single.ts"
import { type ApplyOptions, apply } from "../../src/engine/apply.ts"
import { destroy } from "../../src/engine/destroy.ts"
import type { StepEvent } from "../../src/engine/events.ts"
import type { Requests } from "../../src/engine/observation.ts"
import { observe } from "../../src/engine/observe.ts"
import type { Run } from "../../src/engine/run.ts"
import type { Fault } from "../../src/sandbox/faults.ts"
import { type InProcess, type InProcessOptions, inProcess } from "../../src/sandbox/in-process.ts"
import { services } from "../../src/sandbox/services/index.ts"
import type { Saved } from "../../src/sandbox/state-file.ts"
import { obedient } from "./obedient.ts"
import { place } from "./wishes.ts"

const kinds = kindsOf("environment")

/** A sandbox of its own, with a session of ours and one of an outsider. */
export interface Ground {
  readonly sandbox: InProcess
  readonly session: Session
  /** Somebody with the same keys at the console: he knows nothing of us. */
  readonly outsider: Session
  readonly events: StepEvent[]
  /** A session like ours, of another run. */
  open(settings?: Partial<CloudSettings>): Promise<Session>
  /** What one execution needs; a run may have a session and a signal of its own. */
  run(own?: Partial<Pick<Run<Cloud>, "ctx" | "stop">>): Run<Cloud>
  /** From now on the sandbox misbehaves in these ways, and in no others. */
  faults(...rules: readonly Fault[]): void
  /** All that is there, to begin another ground with. */
  saved(): Saved
  /** What settings were before our first change. */
  readonly former: ReadonlyMap<string, object>
  close(): Promise<void>
}

export interface GroundOptions {
  /** How many simulated seconds pass in each real one. */
  readonly speed?: number
  /** What is there already: an `account` of another ground. */
  readonly saved?: Saved | undefined
  /** What settings were before the runs that made that. */
  readonly former?: ReadonlyMap<string, object> | undefined
  /** What goes on inside of instances; without it they obey at once. */
  readonly machines?: InProcessOptions["machines"]
}

export async function ground({
  speed = 1000,
  saved,
  former,
  machines = obedient,
}: GroundOptions = {}): Promise<Ground> {
  const { account, region } = place
  const sandbox = await inProcess({ services: services(), speed, account, region, saved, machines })
  const sessions: Session[] = []
  const open = async (settings: Partial<CloudSettings> = {}) => {
    const session = await openSession(sandbox, speed, settings)
    sessions.push(session)
    return session
  }
  const session = await open()
  const outsider = await open()
  if (!saved) await ownsDomain(outsider)
  sandbox.world.trace.clear()
  const events: StepEvent[] = []
  const memory = { intents: new Map<string, string>(), former: new Map(former) }
  return {
    sandbox,
    session,
    outsider,
    events,
    former: memory.former,
    open,
    run: (own = {}) => ({ ...runOn(session, events, memory), ...own }),
    faults: (...rules) => sandbox.world.faults.set(rules),
    saved: () => ({ contents: sandbox.world.store.contents(), time: sandbox.world.clock.moment() }),
    async close() {
      for (const one of sessions) one.close()
      await sandbox.close()
    },
  }
}

/** Whoever names a domain has it, long before. */
async function ownsDomain({ route53 }: Session): Promise<void> {
  await route53.send(new CreateHostedZoneCommand({ Name: "example.com", CallerReference: "ours" }))
}

function openSession({ connection }: InProcess, speed: number, settings: Partial<CloudSettings>): Promise<Session> {
  const { url, accessKeyId, secretAccessKey, region } = connection
  return openCloud({
    region,
    clock: scaledClock(speed),
    endpoint: url,
    onlyOrigin: url,
    credentials: { accessKeyId, secretAccessKey },
    ...settings,
  })
}

/** What the state bucket's lock and former values would keep from one run to the next. */
interface Memory {
  readonly intents: Map<string, string>
  readonly former: Map<string, object>
}

function runOn(session: Session, events: StepEvent[], { intents, former }: Memory): Run<Cloud> {
  const own = new Set<string>()
  return {
    ctx: session,
    clock: session.clock,
    stop: new AbortController().signal,
    report: (event) => void events.push(event),
    journal: {
      async open(scope, key) {
        const id = `${scope} ${key}`
        const noted = intents.get(id)
        if (noted !== undefined) return { nonce: noted, earlier: !own.has(id) }
        const nonce = `${id} ${crypto.randomUUID()}`
        intents.set(id, nonce)
        own.add(id)
        return { nonce, earlier: false }
      },
      close: (scope, key) => void intents.delete(`${scope} ${key}`),
    },
    former: {
      load: async (scope, key) => former.get(`${scope} ${key}`),
      save: async (scope, key, value) => void former.set(`${scope} ${key}`, former.get(`${scope} ${key}`) ?? value),
      forget: async (scope, key) => void former.delete(`${scope} ${key}`),
    },
  }
}

export const deploy = (on: Ground, wish: SingleWish, options: ApplyOptions = {}, run = on.run()) =>
  apply(run, single(wish), kinds, options)

export const look = (on: Ground, wish: SingleWish, requests: Requests = {}) =>
  observe(on.session, single(wish), kinds, requests)

/** A field of a step's thing as it stands; its id, where no field is named. */
export type The = (key: string, field?: string) => string

export async function theAt(on: Ground, wish: SingleWish): Promise<The> {
  const { findings } = await look(on, wish)
  return (key, field = "id") => {
    const live: Readonly<Record<string, unknown>> = { ...findings.find((finding) => finding.key === key)?.found?.live }
    const value = live[field]
    return typeof value === "object" ? JSON.stringify(value) : String(value)
  }
}

export const takeDown = (on: Ground, wish: SingleWish, purge = false, run = on.run()) =>
  destroy(run, single(wish), kinds, { purge })
