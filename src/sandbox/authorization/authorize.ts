import type { Caller } from "../keyring.ts"
import type { Call } from "../service.ts"
import { Refusal } from "../service.ts"
import type { Fields } from "../services/policy-document.ts"
import type { Protocol } from "../wire/dialect.ts"
import { contextOf } from "./context.ts"
import { judge, reasonOf, type Spoken, type Verdict, type Wanted } from "./evaluate.ts"
import { spokenFor } from "./identities.ts"
import { authorizationOf } from "./index.ts"
import { trustNaming } from "./trust.ts"

export interface Question {
  readonly signingName: string
  readonly protocol: Protocol
  readonly operation: string
  readonly input: object
  readonly caller: Caller
}

/** What a request needs, with all that a condition may ask. */
export const rightsFor = (call: Call, { caller, input, operation, signingName }: Question): readonly Wanted[] => {
  const { prefix, row } = authorizationOf(signingName, operation)
  // An input is a plain structure, whose members the rows know by name.
  const fields = input as Fields
  const common = contextOf(call, caller)
  return row({ call, operation, input: fields, service: prefix }).map((one) => ({
    ...one,
    context: { ...common, ...one.context },
  }))
}

/** Why somebody may not, in the words of the service; undefined where he may all of it. */
export const refusalFor = (call: Call, question: Question, rights: readonly Wanted[]): Refusal | undefined => {
  const spoken = spokenFor(call, call.callerArn)
  for (const wanted of rights) {
    const verdict = judge(wanted.action === ASSUME ? trusted(call, spoken, wanted) : spoken, wanted)
    if (verdict !== "allowed") return denied(question.protocol, call, wanted, verdict)
  }
  return undefined
}

const ASSUME = "sts:AssumeRole"

/** A role that names somebody needs no policy of his to let him in. */
const trusted = (call: Call, spoken: Spoken, { resource }: Wanted): Spoken => ({
  ...spoken,
  resource: trustNaming(call, resource, call.callerArn),
})

const denied = (protocol: Protocol, call: Call, { action, resource }: Wanted, verdict: Exclude<Verdict, "allowed">) => {
  const what = `User: ${call.callerArn} is not authorized to perform: ${action} on resource: ${resource}`
  const [code, status] = WORDS[protocol]
  const start = protocol === "ec2Query" ? "You are not authorized to perform this operation. " : ""
  return new Refusal(code, `${start}${what} ${reasonOf(verdict, action)}`, status)
}

const WORDS: Readonly<Record<Protocol, readonly [string, number]>> = {
  ec2Query: ["UnauthorizedOperation", 403],
  awsQuery: ["AccessDenied", 403],
  awsJson: ["AccessDeniedException", 400],
  restJson: ["AccessDeniedException", 403],
  restXml: ["AccessDenied", 403],
}
