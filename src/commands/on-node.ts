import { isDeepStrictEqual } from "node:util"
import type { Account } from "../app/account.ts"
import type { CommandEnd } from "../aws/ssm/command-result.ts"
import { NotYet, Refused, UserError } from "../errors.ts"
import type { ComposeOrder } from "../nodes/compose-order.ts"
import { commandLine } from "./next.ts"

/** Where a command for a node goes, and by which document. */
export interface NodePlace {
  readonly scope: string
  readonly instance: string
  readonly version: string
}

/** The node of an environment; its document must say what this version of ours knows, and nothing else. */
export async function findNode(
  account: Account,
  scope: string,
  name: "release" | "compose" | "exec" = "compose",
): Promise<NodePlace> {
  const [{ instanceKind }, { documentKind }, documents] = await Promise.all([
    import("../steps/instance.ts"),
    import("../steps/document.ts"),
    import("../nodes/documents.ts"),
  ])
  const { cloud } = account
  const [instances = [], listed = []] = await Promise.all([
    instanceKind.list?.(cloud, [scope]),
    documentKind.list?.(cloud, [scope]),
  ])
  const node = instances.find((one) => one.name === "node" && one.phase !== "leaving")
  const document = listed.find((one) => one.name === name)
  if (!node || !document)
    throw new UserError(`${scope} has no ${node ? `document ${name}` : "node"} yet`, {
      hint: `make it with: ${commandLine(account, "deploy single")}`,
    })
  const { live } = (await documentKind.complete?.(cloud, document)) ?? document
  if (!isDeepStrictEqual(live.content, documents.documentContents[name]))
    throw new Refused(`the document ${live.document} does not say what this version of smart0dte knows`, {
      hint: `nothing was run; see what differs with: ${commandLine(account, "plan single")}; deploy puts it right`,
    })
  return { scope, instance: node.live.id, version: live.version }
}

/** Said at Ctrl-C: nothing of ours has to come to rest, and how it stands with the node is told by the error. */
export const leaving = ""

type Doing = Omit<ComposeOrder, keyof NodePlace>

/** What a node answers to an order; an error with its last words where it could not do it. */
export async function askNode(
  account: Account,
  place: NodePlace,
  doing: Doing,
  stop: AbortSignal,
): Promise<CommandEnd> {
  const end = await tellNode(account, place, doing, stop)
  if (end.succeeded) return end
  throw refusedBy(account, place, [{ doing, end }])
}

/** What a node could not do, with its last words for each. */
export function refusedBy(
  account: Account,
  { instance }: NodePlace,
  refused: readonly { readonly doing: Doing; readonly end: CommandEnd }[],
): UserError {
  const told = refused.map(({ doing, end }) => {
    return `${doing.action} of ${doing.system} failed on node ${instance}: ${lastWords(end)}`
  })
  return new UserError(told.join("\n"), { hint: `look at it with: ${commandLine(account, "shell")}` })
}

/** The same, whatever it answers. */
export async function tellNode(
  account: Account,
  place: NodePlace,
  doing: Doing,
  stop: AbortSignal,
): Promise<CommandEnd> {
  const { composeOrder } = await import("../nodes/compose-order.ts")
  try {
    return await composeOrder(account.cloud, { ...place, ...doing }, { stop, atMost: 900_000 })
  } catch (error) {
    if (!(error instanceof NotYet)) throw error
    throw new UserError(`node ${place.instance} does not answer Systems Manager`, {
      hint: `does it run, and has it a way out? ${commandLine(account, "status")} says so; after a start it takes a minute`,
      requestId: error.requestId,
      cause: error,
    })
  }
}

/** Its reason, or at least what Systems Manager calls it. */
export const lastWords = ({ errors, output, status }: CommandEnd): string =>
  (errors.trim() || output.trim()).split("\n").slice(-20).join("\n") || status
