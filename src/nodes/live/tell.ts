import { isDeepStrictEqual } from "node:util"
import { GetDocumentCommand } from "@aws-sdk/client-ssm"
import type { Cloud } from "../../aws/cloud.ts"
import { nameFor } from "../../aws/names.ts"
import { type CommandEnd, commandResult, type Patience } from "../../aws/ssm/command-result.ts"
import { sendCommand } from "../../aws/ssm/send-command.ts"
import type { Scope } from "../../engine/types.ts"
import { NotFound, NotYet, Refused, UserError } from "../../errors.ts"
import { type DocumentName, documentContents } from "../documents.ts"
import { newRun, outputOf } from "../order.ts"
import { type NodeSaid, saidOf } from "./said.ts"

export interface Telling {
  readonly scope: Scope
  readonly instance: string
  readonly document: DocumentName
  /** The number of the version whose content was looked at. */
  readonly version: string
  readonly parameters: Readonly<Record<string, string>>
  /** Done twice, it is as done once. */
  readonly harmless?: true
}

/** The version of a document that says what this program knows, and nothing else. */
export async function documentVersion(ctx: Cloud, scope: Scope, name: DocumentName): Promise<string> {
  const Name = nameFor(scope, name, 128)
  const { Content = "", DocumentVersion = "" } = await found(ctx, Name)
  if (isDeepStrictEqual(parsed(Content), documentContents[name])) return DocumentVersion
  throw new Refused(`the document ${Name} does not say what this version of smart0dte knows`, {
    hint: "nothing was run by it; see what differs with: smart0dte plan single; deploy puts it right",
  })
}

/** One order to one node, and what the node says of itself when it has done it. Rejects where it has not, or is silent. */
export async function tellNode(ctx: Cloud, telling: Telling, patience: Patience): Promise<NodeSaid> {
  const end = await endOf(ctx, telling, patience)
  if (!end.succeeded) throw new NodeFailed(lastLine(end))
  const said = saidOf(end.output)
  if (said) return said
  throw new NodeFailed("it did not say how it stands; its scripts may be of another version")
}

/** The node has heard it, and could not do it. */
export class NodeFailed extends UserError {}

async function endOf(ctx: Cloud, telling: Telling, patience: Patience): Promise<CommandEnd> {
  const { scope, instance, document, version, parameters, harmless } = telling
  try {
    const sent = await sendCommand(ctx, {
      document: nameFor(scope, document, 128),
      version,
      instance,
      parameters,
      run: newRun(),
      output: outputOf(ctx, scope),
      deliverWithin: 60,
      ...(harmless && { harmless }),
    })
    return await commandResult(ctx, sent, patience)
  } catch (error) {
    if (!(error instanceof NotYet)) throw error
    throw new UserError("it does not answer Systems Manager", { requestId: error.requestId, cause: error })
  }
}

async function found(ctx: Cloud, Name: string) {
  try {
    return await ctx.ssm.send(new GetDocumentCommand({ Name }))
  } catch (error) {
    if (!(error instanceof NotFound)) throw error
    throw new UserError(`there is no document ${Name} yet`, { hint: "make it with: smart0dte deploy single" })
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Its reason, which is the last thing that it said, or at least what Systems Manager calls it. */
const lastLine = ({ errors, status }: CommandEnd): string => errors.trim().split("\n").at(-1) || status
