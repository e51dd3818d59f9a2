import { refusalFor, rightsFor } from "./authorization/authorize.ts"
import { callOf } from "./call.ts"
import { type Caller, ownArn } from "./keyring.ts"
import type { AnyHandler, Refusal } from "./service.ts"
import type { Served, World } from "./world.ts"

export interface Task {
  readonly served: Served
  readonly operation: string
  readonly handler: AnyHandler
  readonly input: object
  readonly region: string
  readonly requestId: string
  readonly caller: Caller
}

/** Why whoever asks may not, where policies are enforced; nobody learns what a handler would have said. */
export function refusedTo(world: World, task: Task): Refusal | undefined {
  const { caller, input, operation, served } = task
  // The sandbox's own keys are the account's owner, and machines are judged where they get something.
  if (!world.enforcement.on || caller.instance !== undefined || caller.arn === ownArn(world.store.contents().account))
    return undefined
  const { protocol, service } = served.dialect
  const call = callOf(world, `${service}:${operation}`, task, world.store.view(world.clock.now(), 0), noNumber)
  const question = { signingName: served.service.signingName, protocol, operation, input, caller }
  const rights = rightsFor(call, question)
  world.enforcement.note(rights.map((one) => ({ ...one, by: caller.arn, operation: `${service}:${operation}` })))
  return refusalFor(call, question, rights)
}

const noNumber = () => {
  throw new Error("judging a request makes no ids")
}

/** Runs a handler. What it wrote is saved before anyone hears of it, and forgotten when it throws. */
export function perform(world: World, task: Task): Readonly<Record<string, unknown>> {
  const target = `${task.served.service.signingName}:${task.operation}`
  return task.served.service.reads.test(task.operation) ? read(world, task, target) : write(world, task, target)
}

function read(world: World, task: Task, target: string): Readonly<Record<string, unknown>> {
  const blind = (world.faults.take("blind", target)?.seconds ?? 0) * 1000
  const view = world.store.view(world.clock.now(), blind)
  const noNumber = () => {
    throw new Error(`${target} is listed among its service's reads but makes an id: take it off that list`)
  }
  const output = run(task, callOf(world, target, task, view, noNumber))
  world.saveTime()
  return output
}

function write(world: World, task: Task, target: string): Readonly<Record<string, unknown>> {
  const draft = world.store.open(world.clock.now())
  const output = run(task, callOf(world, target, task, draft, draft.nextNumber))
  draft.commit()
  world.save()
  world.bell.ring()
  return output
}

// The handlers of a table are found by the operation's name, and each takes the input of that operation alone.
const run = (task: Task, call: ReturnType<typeof callOf>): Readonly<Record<string, unknown>> =>
  (task.handler(task.input as never, call) ?? {}) as Readonly<Record<string, unknown>>
