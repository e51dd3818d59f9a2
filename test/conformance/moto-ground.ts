import { CreateHostedZoneCommand } from "@aws-sdk/client-route-53"
import { type CloudSettings, openCloud, type Session } from "../../src/aws/clients.ts"
import { scaledClock } from "../../src/aws/clock.ts"
import type { Cloud } from "../../src/aws/cloud.ts"
import { formerValues } from "../../src/aws/state/former.ts"
import { acquireLocks } from "../../src/aws/state/lock.ts"
import { stateObjects } from "../../src/aws/state/objects.ts"
import { kinds } from "../../src/blueprints/kinds.ts"
import { type SingleWish, single } from "../../src/blueprints/single.ts"
import { apply } from "../../src/engine/apply.ts"
import { destroy } from "../../src/engine/destroy.ts"
import { observe } from "../../src/engine/observe.ts"
import type { Outcome } from "../../src/engine/perform.ts"
import type { Run } from "../../src/engine/run.ts"
import { stateBucket } from "../../src/steps/bucket.ts"
import type { Moto } from "./moto.ts"
import { anyKeys, motoAccount } from "./moto-account.ts"

export const place = { account: motoAccount, partition: "aws", region: "us-east-1" } as const

/** What is wanted of moto. */
export const there = (wish: SingleWish): SingleWish => ({ ...wish, place })

/** The engine on moto, with the lock, the journal and the former values that a command has. */
export interface MotoGround {
  readonly session: Session
  /** Somebody else with the same account. */
  readonly outsider: Session
  deploy(wish: SingleWish): Promise<Outcome>
  look(wish: SingleWish): ReturnType<typeof observe>
  takeDown(wish: SingleWish): Promise<Outcome>
  close(): void
}

/** Nothing takes time on moto: our own waiting and pacing are what a fast clock shortens. */
const speed = 1000

export async function motoGround(moto: Moto): Promise<MotoGround> {
  const open = () => openCloud(settingsFor(moto))
  const [session, outsider] = [await open(), await open()]
  // Whoever names a domain has it, long before.
  await outsider.route53.send(new CreateHostedZoneCommand({ Name: "example.com", CallerReference: "ours" }))
  const underLock = (what: string, work: (run: Run<Cloud>) => Promise<Outcome>) => withLock(session, what, work)
  return {
    session,
    outsider,
    async deploy(wish) {
      await layGround(session)
      return underLock("deploy", (run) => apply(run, single(wish), kinds))
    },
    look: (wish) => observe(session, single(wish), kinds),
    takeDown: (wish) => underLock("destroy", (run) => destroy(run, single(wish), kinds, { purge: false })),
    close() {
      session.close()
      outsider.close()
    },
  }
}

const settingsFor = ({ url }: Moto): CloudSettings => ({
  region: place.region,
  clock: scaledClock(speed),
  endpoint: url,
  onlyOrigin: url,
  credentials: anyKeys,
})

async function layGround(session: Session): Promise<void> {
  const groundwork = { name: "state", scopes: [], steps: [stateBucket(place)] }
  const { failed } = await apply(runOf(session, unlocked), groundwork, kinds)
  if (failed[0]) throw failed[0].error
}

async function withLock(session: Session, what: string, work: (run: Run<Cloud>) => Promise<Outcome>): Promise<Outcome> {
  const objects = stateObjects(session, session.unguardedS3)
  const locks = await acquireLocks({ objects, owner: "conformance", what, timeout: 0 }, ["poc"])
  try {
    return await work(runOf(session, { journal: locks.journal, former: formerValues(objects) }))
  } finally {
    await locks.release()
  }
}

type Memory = Pick<Run<Cloud>, "journal" | "former">

const runOf = (session: Session, memory: Memory): Run<Cloud> => ({
  ctx: session,
  clock: session.clock,
  stop: new AbortController().signal,
  report() {},
  ...memory,
})

const refuse = () => Promise.reject(new Error("the bucket of states is made without a journal"))

const unlocked: Memory = {
  journal: { open: refuse, close() {} },
  former: { load: refuse, save: refuse, forget: refuse },
}
