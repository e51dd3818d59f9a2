import { createHash } from "node:crypto"
import type * as Ssm from "@aws-sdk/client-ssm"
import { type Call, handlers, Refusal } from "../../service.ts"
import type { Table } from "../../store.ts"
import { given } from "../given.ts"
import { regional } from "../regional.ts"
import { notServed } from "../unserved.ts"
import { isOnline } from "./agents.ts"
import { documentFor } from "./documents/records.ts"

/** A session to an instance. What goes over it is between the plugin's stand-in and the machine's folder. */
export interface SessionRecord {
  readonly SessionId: string
  readonly Target: string
  readonly DocumentName: string
  readonly Reason: string
  readonly Parameters: Readonly<Record<string, readonly string[]>>
  readonly Started: number
  readonly Ended?: number | undefined
}

export const sessions = (call: Call): Table<SessionRecord> => regional(call, "ssm/session")

export const sessionHandlers = handlers<typeof Ssm>()({
  StartSession: (input, call) => {
    const Target = given(input.Target, "target", "ValidationException")
    const DocumentName = input.DocumentName ?? "SSM-SessionManagerRunShell"
    checkDocument(call, DocumentName)
    checkParameters(DocumentName, input.Parameters ?? {})
    if (!isOnline(call, Target)) throw new Refusal("TargetNotConnected", `${Target} is not connected.`)
    const SessionId = `sandbox-${call.id("session").slice("session-".length)}`
    const Reason = input.Reason ?? ""
    const record = { SessionId, Target, DocumentName, Reason, Parameters: input.Parameters ?? {}, Started: call.now }
    sessions(call).put(SessionId, record)
    return {
      SessionId,
      TokenValue: createHash("sha256").update(call.id("token")).digest("base64"),
      // No such host is ever spoken to: the stand-in of the plugin needs the session's id alone.
      StreamUrl: `wss://ssmmessages.${call.region}.sandbox.invalid/v1/data-channel/${SessionId}?role=publish_subscribe`,
    }
  },

  /** One that is over, or never was, is answered like any other. */
  TerminateSession: (input, call) => {
    const SessionId = given(input.SessionId, "sessionId", "ValidationException")
    const record = sessions(call).get(SessionId)
    if (record) sessions(call).put(SessionId, { ...record, Ended: call.now })
    return { SessionId }
  },
})

const checkDocument = (call: Call, name: string): void => {
  if (Object.hasOwn(PARAMETERS, name)) return
  if (/^AWS-Start/.test(name)) throw notServed(`sessions with the document ${name}`)
  documentFor(call, name)
  throw new Refusal(
    "InvalidDocument",
    `Document type of ${name} is not supported: a session needs one of its own type.`,
  )
}

const checkParameters = (document: string, asked: Readonly<Record<string, readonly string[]>>): void => {
  const known = PARAMETERS[document] ?? {}
  const unknown = Object.keys(asked).find((name) => !Object.hasOwn(known, name))
  if (unknown !== undefined) throw wrong(`Extraneous parameters were passed: [${unknown}]`)
  for (const [name, pattern] of Object.entries(known)) {
    const value = asked[name]?.[0]
    if (value === undefined && pattern.required) throw wrong(`Parameter "${name}" requires a value`)
    if (value !== undefined && !pattern.fits.test(value)) throw wrong(`Parameter "${name}" has the value "${value}"`)
  }
}

/** StartSession has no error of its own for them: they come out as the common one. */
const wrong = (message: string): Refusal => new Refusal("ValidationException", message)

interface Pattern {
  readonly fits: RegExp
  readonly required: boolean
}

const port = /^([0-9]|[1-9][0-9]{1,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])$/

const PARAMETERS: Readonly<Record<string, Readonly<Record<string, Pattern>>>> = {
  "SSM-SessionManagerRunShell": {},
  "AWS-StartSSHSession": { portNumber: { fits: port, required: false } },
  "AWS-StartPortForwardingSession": {
    portNumber: { fits: port, required: false },
    localPortNumber: { fits: port, required: false },
  },
  "AWS-StartPortForwardingSessionToRemoteHost": {
    host: { fits: /^[^,$^&(!;'"<>`{}[\]|#=]{3,}$/, required: true },
    portNumber: { fits: port, required: false },
    localPortNumber: { fits: port, required: false },
  },
}
