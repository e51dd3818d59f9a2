import type { MetadataBearer, Pluggable } from "@smithy/types"
import { operationOf } from "../../src/aws/calls/operation.ts"
import type { Session } from "../../src/aws/clients.ts"
import type { Clients } from "../../src/aws/cloud.ts"
import { isChange } from "./evidence.ts"
import type { Ground } from "./ground.ts"

type Run = ReturnType<Ground["run"]>

export interface Doomed {
  readonly run: Run
  /** Whether the moment came. */
  struck(): boolean
  /** Resolves when the run is over, in whichever way. */
  over(work: Promise<unknown>): Promise<void>
}

/** When a run is to end: at its n-th change, or at the first of this name. */
export type Moment = number | string

/** A run whose process dies as a change is on its way: that has its effect, and nobody hears of it. */
export async function killedAt(on: Ground, at: Moment): Promise<Doomed> {
  const ctx = await on.open()
  const moment = deferred()
  const underWay = new Set<Promise<unknown>>()
  const hasCome = watch(at)
  let dead = false
  beforeEachSending(ctx, (call, send) => {
    if (dead) return never
    dead = hasCome(call)
    const sent = send()
    underWay.add(sent)
    const settled = sent.finally(() => underWay.delete(sent)).catch(() => {})
    if (dead) void settled.then(() => Promise.allSettled(underWay)).then(moment.resolve)
    return dead ? never : sent.then((answer) => (dead ? never : answer))
  })
  return {
    run: on.run({ ctx }),
    struck: () => dead,
    over: (work) => Promise.race([work, moment.promise]).then(() => {}),
  }
}

/** A run that is told to stop as a change is on its way. */
export async function stoppedAt(on: Ground, at: Moment): Promise<Doomed> {
  const ctx = await on.open()
  const stop = new AbortController()
  const hasCome = watch(at)
  beforeEachSending(ctx, (call, send) => {
    if (hasCome(call)) stop.abort()
    return send()
  })
  const { signal } = stop
  return { run: on.run({ ctx, stop: signal }), struck: () => signal.aborted, over: (work) => work.then(() => {}) }
}

function watch(at: Moment): (call: string) => boolean {
  let changes = 0
  return (call) => isChange(call) && (++changes === at || call === at)
}

type Sending = <T>(call: string, send: () => Promise<T>) => Promise<T>

function beforeEachSending(session: Session, sending: Sending) {
  const interruption: Pluggable<object, MetadataBearer> = {
    applyToStack: (stack) =>
      stack.add(
        (next, context) => (args) => {
          const { service, name } = operationOf(context)
          return sending(`${service}:${name}`, () => next(args))
        },
        { step: "deserialize", priority: "low", name: "interruption" },
      ),
  }
  // Each client's stack is typed by its own operations; what is put on it here fits all of them.
  for (const name of services) (session[name].middlewareStack as Stack).use(interruption)
}

type Stack = { use(plugin: Pluggable<object, MetadataBearer>): void }

const services = [
  "accessAnalyzer",
  "acm",
  "budgets",
  "cloudtrail",
  "cloudwatch",
  "configService",
  "contacts",
  "ec2",
  "elasticache",
  "elb",
  "guardduty",
  "iam",
  "kms",
  "logs",
  "rds",
  "route53",
  "s3",
  "s3control",
  "secrets",
  "securityhub",
  "sns",
  "spending",
  "spendingTopics",
  "ssm",
] as const satisfies readonly (keyof Clients)[]

const never: Promise<never> = new Promise(() => {})

function deferred() {
  let resolve = () => {}
  const promise = new Promise<void>((settle) => {
    resolve = settle
  })
  return { promise, resolve }
}
