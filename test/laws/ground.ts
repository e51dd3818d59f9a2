import { openCloud, type Session } from "../../src/aws/clients.ts"
import { scaledClock } from "../../src/aws/clock.ts"
import { kinds } from "../../src/blueprints/kinds.ts"
import { type SingleWish, single } from "../../src/blueprints/single.ts"
import { apply, type ApplyOptions } from "../../src/engine/apply.ts"
import { destroy } from "../../src/engine/destroy.ts"
import type { StepEvent } from "../../src/engine/events.ts"
import { observe } from "../../src/engine/observe.ts"
import type { Run } from "../../src/engine/run.ts"
import type { Cloud } from "../../src/aws/cloud.ts"
import { type InProcess, inProcess } from "../../src/sandbox/in-process.ts"
import { services } from "../../src/sandbox/services/index.ts"

/** A whole simulated second passes in a thousandth of a real one. */
const speed = 1000

/** A sandbox of its own with one session on it. */
export interface Ground {
  readonly sandbox: InProcess
  readonly session: Session
  readonly events: StepEvent[]
  /** A second session, as an outsider in the console would have it. */
  run(): Run<Cloud>
  close(): Promise<void>
}

export async function ground(): Promise<Ground> {
  const sandbox = await inProcess({ services: services(), speed })
  const session = await openSession(sandbox)
  const events: StepEvent[] = []
  const intents = new Map<string, string>()
  return {
    sandbox,
    session,
    events,
    run: () => runOn(session, events, intents),
    async close() {
      session.close()
      await sandbox.close()
    },
  }
}

export function openSession({ connection }: InProcess): Promise<Session> {
  const { url, accessKeyId, secretAccessKey, region } = connection
  return openCloud({
    region,
    clock: scaledClock(speed),
    endpoint: url,
    onlyOrigin: url,
    credentials: { accessKeyId, secretAccessKey },
  })
}

/** Intents live as long as the ground does: what a lock object would keep. */
function runOn(session: Session, events: StepEvent[], intents: Map<string, string>): Run<Cloud> {
  const former = new Map<string, object>()
  return {
    ctx: session,
    clock: session.clock,
    stop: new AbortController().signal,
    report: (event) => void events.push(event),
    journal: {
      async open(scope, key) {
        const id = `${scope} ${key}`
        const earlier = intents.get(id)
        const nonce = earlier ?? `${id} ${intents.size} ${session.clock.now()}`
        intents.set(id, nonce)
        return { nonce, earlier: earlier !== undefined }
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

export const deploy = (on: Ground, wish: SingleWish, options: ApplyOptions = {}) =>
  apply(on.run(), single(wish), kinds, options)

export const look = (on: Ground, wish: SingleWish) => observe(on.session, single(wish), kinds)

export const takeDown = (on: Ground, wish: SingleWish, purge = false) =>
  destroy(on.run(), single(wish), kinds, { purge })
