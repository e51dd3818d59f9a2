import { HttpRequest } from "@smithy/core/protocols"
import type { FinalizeRequestMiddleware, HandlerExecutionContext, MetadataBearer, Pluggable } from "@smithy/types"
import { UserError } from "../../errors.ts"
import { failureOf } from "../failures/failure.ts"
import { type Asker, translate } from "../failures/translate.ts"
import type { Attempt } from "./attempt.ts"
import type { Counter } from "./count.ts"
import { once } from "./once.ts"
import { changes, labelOf, operationOf } from "./operation.ts"
import type { Pace } from "./pace.ts"

export interface CallSettings {
  readonly asker: Asker
  readonly counter: Counter
  readonly pace: Pace
  /** Throws when nothing may be changed any more. */
  readonly mayChange?: (() => void) | undefined
  /** The only place that may be talked to, as in `http://127.0.0.1:4566`. */
  readonly onlyOrigin?: string | undefined
  readonly debug?: ((line: string) => void) | undefined
}

/**
 * All that stands between a command and the wire. Outermost, errors are translated. Inside the SDK's retry, each
 * attempt waits for its turn; then, signed and about to leave, it is checked, and sent once.
 */
export function callStack(settings: CallSettings): Pluggable<object, MetadataBearer> {
  return {
    applyToStack: (stack) => {
      stack.add(
        (next, context) => async (args) => {
          settings.counter.called(operationOf(context))
          try {
            return await next(args)
          } catch (error) {
            throw translate(error, operationOf(context), args.input, settings.asker)
          }
        },
        { step: "initialize", priority: "high", name: "smart0dteTranslate" },
      )
      const paced: FinalizeRequestMiddleware<object, MetadataBearer> = (next, context) => async (args) => {
        await settings.pace(operationOf(context))
        return next(args)
      }
      stack.addRelativeTo(paced, { relation: "after", toMiddleware: "retryMiddleware", name: "smart0dtePace" })
      stack.add((next, context) => checked(once(watched(next, context, settings), context), context, settings), {
        step: "finalizeRequest",
        priority: "low",
        name: "smart0dteSend",
      })
    },
  }
}

/** The last look before a request leaves: nothing slow may come after it, or the lease may end in between. */
function checked(attempt: Attempt, context: HandlerExecutionContext, settings: CallSettings): Attempt {
  return (args) => {
    refuseOtherOrigins(args.request, settings.onlyOrigin)
    if (changes(operationOf(context))) settings.mayChange?.()
    return attempt(args)
  }
}

function refuseOtherOrigins(request: unknown, only: string | undefined): void {
  if (only === undefined) return
  const origin = HttpRequest.isInstance(request) ? originOf(request) : "an unknown place"
  if (origin === new URL(only).origin) return
  throw new UserError(`the sandbox was about to ask ${origin}`, { hint: `only ${only} may be asked: this is a bug` })
}

const originOf = ({ protocol, hostname, port }: HttpRequest): string =>
  new URL(`${protocol}//${hostname}${port === undefined ? "" : `:${port}`}`).origin

function watched(attempt: Attempt, context: HandlerExecutionContext, { counter, debug }: CallSettings): Attempt {
  const label = labelOf(operationOf(context))
  return async (args) => {
    const begun = performance.now()
    const note = (outcome: string) => debug?.(`${label} ${outcome} ${Math.round(performance.now() - begun)} ms`)
    try {
      const result = await attempt(args)
      counter.answered()
      note(`${result.output.$metadata.httpStatusCode ?? "done"} ${result.output.$metadata.requestId ?? ""}`.trim())
      return result
    } catch (error) {
      counter.answered(error)
      const { code, status } = failureOf(error)
      note(`${status ?? "no answer"} ${code}`)
      throw error
    }
  }
}
