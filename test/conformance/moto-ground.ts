import { CreateHostedZoneCommand } from "@aws-sdk/client-route-53"
import { type CloudSettings, openCloud, type Session } from "../../src/aws/clients.ts"
import { scaledClock } from "../../src/aws/clock.ts"
import type { Cloud } from "../../src/aws/cloud.ts"
import { formerValues } from "../../src/aws/state/former.ts"
import { acquireLocks } from "../../src/aws/state/lock.ts"
import { stateObjects } from "../../src/aws/state/objects.ts"
import { kinds, kindsOf } from "../../src/blueprints/kinds.ts"
import type { SingleWish } from "../../src/blueprints/single.ts"
import { type ApplyOptions, apply } from "../../src/engine/apply.ts"
import { destroy } from "../../src/engine/destroy.ts"
import { observe } from "../../src/engine/observe.ts"
import type { Outcome } from "../../src/engine/perform.ts"
import type { Run } from "../../src/engine/run.ts"
import type { AnyKind, Blueprint, Scope } from "../../src/engine/types.ts"
import { stateBucket } from "../../src/steps/bucket.ts"
import type { Moto } from "./moto.ts"
import { anyKeys, motoAccount } from "./moto-account.ts"

export const place = { account: motoAccount, partition: "aws", region: "us-east-1" } as const

/** What is wanted of moto. */
export const there = (wish: SingleWish): SingleWish => ({ ...wish, place })

/** The engine on moto, with the lock, the journal and the former values that a command has. */
export interface MotoGround<Wish> {
  readonly session: Session
  /** Somebody else with the same account. */
  readonly outsider: Session
  deploy(wish: Wish, options?: ApplyOptions): Promise<Outcome>
  look(wish: Wish): ReturnType<typeof observe>
  takeDown(wish: Wish, purge?: boolean): Promise<Outcome>
  close(): void
}

/** Nothing takes time on moto: our own waiting and pacing are what a fast clock shortens. */
const speed = 1000

export async function motoGround<Wish>(
  moto: Moto,
  blueprintOf: (wish: Wish) => Blueprint<Cloud>,
  isThere: (kind: AnyKind<Cloud>) => boolean = () => true,
): Promise<MotoGround<Wish>> {
  const open = () => openCloud(settingsFor(moto))
  const served = ({ scopes }: Blueprint<Cloud>) =>
    kindsOf(scopes.includes("account") ? "account" : "environment").filter(isThere)
  const [session, outsider] = [await open(), await open()]
  // Whoever names a domain has it, long before.
  await outsider.route53.send(new CreateHostedZoneCommand({ Name: "example.com", CallerReference: "ours" }))
  const underLock = (what: string, wish: Wish, work: (run: Run<Cloud>, of: Blueprint<Cloud>) => Promise<Outcome>) => {
    const blueprint = blueprintOf(wish)
    return withLock(session, { what, scopes: blueprint.scopes }, (run) => work(run, blueprint))
  }
  return {
    session,
    outsider,
    async deploy(wish, options) {
      await layGround(session)
      return underLock("deploy", wish, (run, of) => apply(run, of, served(of), options))
    },
    look: (wish) => observe(session, blueprintOf(wish), served(blueprintOf(wish))),
    takeDown: (wish, purge = false) => underLock("destroy", wish, (run, of) => destroy(run, of, served(of), { purge })),
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

async function withLock(
  session: Session,
  { what, scopes }: { readonly what: string; readonly scopes: readonly Scope[] },
  work: (run: Run<Cloud>) => Promise<Outcome>,
): Promise<Outcome> {
  const objects = stateObjects(session, session.unguardedS3)
  const locks = await acquireLocks({ objects, owner: "conformance", what, timeout: 0 }, scopes)
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
