import { randomUUID } from "node:crypto"
import { namelessService, nobody } from "./anonymous.ts"
import { callerOf, noteUse, whyNotLent } from "./callers.ts"
import type { Caller } from "./keyring.ts"
import { type Mishap, mishapAfter, mishapBefore } from "./mishap.ts"
import { perform, refusedTo } from "./perform.ts"
import { internal, malformed, notServed, throttled } from "./refusals.ts"
import { Refusal } from "./service.ts"
import { type Scope, scopeOf, verify } from "./sigv4.ts"
import { summary } from "./summary.ts"
import type { TraceEntry } from "./trace.ts"
import { unsigned } from "./unsigned.ts"
import { validate } from "./validate.ts"
import { type Dialect, guessDialect } from "./wire/dialect.ts"
import type { Answer, Arrived } from "./wire/http.ts"
import { type Asked, readRequest } from "./wire/read.ts"
import { writeAnswer } from "./wire/write.ts"
import { writeError } from "./wire/write-error.ts"
import type { Served, World } from "./world.ts"

/** What becomes of a request: an answer after a while, or a fault that takes the answer away. */
export type Outcome =
  | { readonly fate: "answer"; readonly answer: Answer; readonly delay: number }
  | { readonly fate: "cut" | "silence" }

export function serve(world: World, request: Arrived): Outcome {
  const started = performance.now()
  const at = world.clock.now()
  const errand = errandOf(world, request)
  const result = attempt(world, errand)
  const answer = write(errand, result)
  const fault = result.mishap ?? (result.delay > 0 ? { fault: "slow" } : undefined)
  world.trace.add({
    service: errand.dialect.service,
    operation: errand.asked.name,
    at,
    milliseconds: Math.round((performance.now() - started) * 100) / 100,
    status: answer.status,
    ...(result.refusal === undefined ? {} : { code: result.refusal.code }),
    ...(fault === undefined ? {} : { fault: fault.fault }),
    ...(result.bug === undefined ? {} : { bug: result.bug }),
    ...(result.by === undefined ? {} : { by: result.by }),
    requestId: errand.requestId,
    ...result.signed,
    ...lentIn(result.output),
    input: errand.asked.operation ? summary(errand.asked.operation.input, result.input) : undefined,
  })
  const does = result.mishap?.does
  return does === "cut" || does === "silence" ? { fate: does } : { fate: "answer", answer, delay: result.delay }
}

/** Of keys that were lent, the id is no secret. */
function lentIn({ Credentials: keys }: Readonly<Record<string, unknown>> = {}): Pick<TraceEntry, "lent"> {
  const has = typeof keys === "object" && keys !== null && "AccessKeyId" in keys
  return has && typeof keys.AccessKeyId === "string" ? { lent: keys.AccessKeyId } : {}
}

/** A request, as far as it is understood without believing it. */
interface Errand {
  readonly request: Arrived
  readonly requestId: string
  readonly scope: Scope | undefined
  readonly served: Served | undefined
  readonly dialect: Dialect
  readonly asked: Asked
  readonly target: string
}

interface Result {
  readonly input?: object
  readonly output?: Readonly<Record<string, unknown>>
  readonly refusal?: Refusal
  readonly mishap?: Mishap
  readonly bug?: string
  readonly by?: string | undefined
  readonly signed?: Pick<TraceEntry, "accessKeyId" | "arn" | "region">
  readonly delay: number
}

function errandOf(world: World, request: Arrived): Errand {
  const scope = scopeOf(request)
  const service = scope ? serviceOf(scope.service, request) : namelessService(world, request)
  const served = service === undefined ? undefined : world.services.get(service)
  const dialect = served?.dialect ?? guessDialect(service ?? "an unsigned request for", request.headers)
  const asked = readRequest(dialect, request)
  return { request, requestId: randomUUID(), scope, served, dialect, asked, target: `${dialect.service}:${asked.name}` }
}

/** What concerns all buckets of an account is signed as S3's, and differs by naming the account. */
const serviceOf = (signed: string, { headers }: Arrived): string =>
  signed === "s3" && "x-amz-account-id" in headers ? "s3control" : signed

function attempt(world: World, errand: Errand): Result {
  const { protocol } = errand.dialect
  try {
    return fulfil(world, errand)
  } catch (error) {
    if (error instanceof Refusal) return { refusal: error, delay: 0 }
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return { refusal: internal(protocol, `the sandbox has a bug: ${stack}`), bug: stack, delay: 0 }
  }
}

function fulfil(world: World, errand: Errand): Result {
  const { caller, region } = authentic(world, errand)
  const signed = caller === nobody ? undefined : { accessKeyId: caller.keys.accessKeyId, arn: caller.arn, region }
  return { ...answerTo(world, errand, caller, region), by: caller.instance, ...(signed && { signed }) }
}

function answerTo(world: World, errand: Errand, caller: Caller, region: string): Result {
  const { asked, dialect, served, target } = errand
  const handler = served?.service.handlers[asked.name]
  if (!served || !asked.operation || !handler) throw notServed(dialect.service, asked.name)
  const delay = world.faults.take("slow", target)?.milliseconds ?? 0
  const early = mishapBefore(world.faults, target, dialect.protocol)
  if (early) return { ...refusalOf(early), mishap: early, delay }
  if (!world.throttle.admits(served.service, asked.name, world.clock.now())) throw throttled(dialect.protocol)
  const input = readInput(errand)
  const refusal = validate(dialect, asked.operation, input)
  if (refusal) return { input, refusal, delay }
  const task = { served, operation: asked.name, handler, input, region, requestId: errand.requestId, caller }
  const done = attempted(() => refusedTo(world, task) ?? perform(world, task))
  if (done instanceof Refusal) return { input, refusal: done, delay }
  const late = mishapAfter(world.faults, target, dialect.protocol)
  return { input, output: done, delay, ...(late ? { ...refusalOf(late), mishap: late } : {}) }
}

/** Who asks, and the region that the signature names, once the signature is good. */
function authentic(world: World, errand: Errand): { caller: Caller; region: string } {
  const { asked, dialect, request, scope, served } = errand
  if (!scope && served?.service.unsigned?.includes(asked.name)) return { caller: nobody, region: world.region }
  if (!scope) throw unsigned(dialect.protocol, "missing")
  const now = Date.now()
  const caller = callerOf(world, scope.accessKeyId)
  const verdict = verify(request, scope, caller.keys, now)
  if (verdict !== "good") throw unsigned(dialect.protocol, verdict)
  const reason = whyNotLent(caller, request.headers["x-amz-security-token"], scope.service, now)
  if (reason) throw unsigned(dialect.protocol, reason)
  noteUse(world, scope)
  return { caller, region: scope.region }
}

function readInput({ asked, dialect }: Errand): object {
  try {
    return asked.input()
  } catch (error) {
    if (error instanceof SyntaxError) throw malformed(dialect.protocol, error.message)
    throw error
  }
}

/** A refusal is an outcome like another: the trace wants the input that was refused. */
function attempted<T>(work: () => T): T | Refusal {
  try {
    return work()
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

const refusalOf = (mishap: Mishap): { readonly refusal?: Refusal } =>
  mishap.does instanceof Refusal ? { refusal: mishap.does } : {}

function write(errand: Errand, result: Result): Answer {
  const { asked, dialect, request, requestId } = errand
  const jsonType = request.headers["content-type"] ?? "application/x-amz-json-1.1"
  const answer =
    result.refusal === undefined && asked.operation
      ? writeAnswer(dialect, asked.operation, result.output ?? {}, requestId, jsonType)
      : writeError(dialect, result.refusal ?? notServed(dialect.service, asked.name), requestId, jsonType)
  return { ...answer, headers: { ...requestIdHeaders(dialect, requestId), ...answer.headers } }
}

const requestIdHeaders = (dialect: Dialect, requestId: string): Readonly<Record<string, string>> =>
  dialect.service === "s3"
    ? { "x-amz-request-id": requestId, "x-amz-id-2": Buffer.from(requestId).toString("base64") }
    : { "x-amzn-requestid": requestId }
