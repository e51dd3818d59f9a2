import type { SessionRecord } from "./sessions.ts"
import type { Draft } from "./store.ts"
import type { TraceEntry } from "./trace.ts"

/** What a handler is told about the request it serves. Times are milliseconds on the sandbox's own clock. */
export interface Call {
  readonly store: Draft
  /** Simulated time: it runs faster than the wall clock by the sandbox's speed. */
  readonly now: number
  readonly account: string
  readonly region: string
  readonly partition: "aws"
  readonly callerArn: string
  /** Of whoever signs with keys that STS lent. */
  readonly session?: SessionRecord | undefined
  readonly requestId: string
  /** The requests before this one, oldest first. */
  happened(): readonly TraceEntry[]
  /** A new identifier such as `vpc-0a1b...`: unique in the store, the same again for the same history. */
  id(prefix: string): string
  /** True while a fault of this name is switched on for this operation, e.g. "capacity", or for what is named instead. */
  fault(name: string, about?: string): boolean
  /** A whole number from the region's quotas, changed by the fault "quota". */
  quota(name: string, usual: number): number
}

/**
 * AWS's own way to say no. `code` is what the SDK shows as the error's name. Without a status it is the one of the
 * service's error shape, where the service lists it among its schemas, else 400. `details` are further members of it.
 */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status: number | undefined = undefined,
    readonly details: Readonly<Record<string, string>> = {},
  ) {
    super(message)
    this.name = "Refusal"
  }
}

type CommandOf<Client, Name extends string> = `${Name}Command` extends keyof Client ? Client[`${Name}Command`] : never
type InputOf<Command> = Command extends new (...args: never[]) => { readonly input: infer I } ? I : never
type OutputOf<Command> = Command extends new (
  ...args: never[]
) => { resolveMiddleware(...args: never[]): (...args: never[]) => Promise<{ output: infer O }> }
  ? Omit<O, "$metadata">
  : never

/** Every operation that a client knows, as `X` of its `XCommand`. */
export type OperationOf<Client> = {
  [Key in keyof Client]: Key extends `${infer Name}Command` ? Name : never
}[keyof Client] &
  string

/** One operation: synchronous, on a draft that is committed only when it returns. */
export type Handler<Client, Name extends string> = (
  input: InputOf<CommandOf<Client, Name>>,
  call: Call,
) => OutputOf<CommandOf<Client, Name>>

/** Handlers by operation, typed by the SDK's client module: a misspelt operation or member does not compile. */
export const handlers =
  <Client>() =>
  <Names extends OperationOf<Client>>(table: { readonly [Name in Names]: Handler<Client, Name> }) =>
    table

export type AnyHandler = (input: never, call: Call) => object | undefined

/** One AWS service as the server sees it. */
export interface Service {
  /** The name in the signature's credential scope: ec2, iam, sts, ssm, s3. Of two that sign alike, the second's own. */
  readonly signingName: string
  /** The client module's operation and error schemas (`CreateVpc$` ...). */
  readonly schemas: Readonly<Record<string, unknown>>
  readonly handlers: Readonly<Record<string, AnyHandler>>
  /** Operations that are asked for without any signature. */
  readonly unsigned?: readonly string[]
  /** Operations that change nothing: they run on the store itself and are never saved. */
  readonly reads: RegExp
  /** AWS's request limits, as [bucket size, refill per second] of simulated time; the first pattern that fits. */
  readonly limits: readonly (readonly [RegExp, number, number])[]
}
