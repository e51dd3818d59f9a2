import type { Cloud } from "../aws/cloud.ts"
import { nameFor } from "../aws/names.ts"
import { type CommandEnd, commandResult, type Patience } from "../aws/ssm/command-result.ts"
import { sendCommand } from "../aws/ssm/send-command.ts"
import type { Scope } from "../engine/types.ts"
import { newRun, outputOf } from "./order.ts"

type ComposeAction =
  | ("ps" | "logs" | "restart" | "stop" | "start" | "exec")
  | ("positions" | "orders" | "gateway-status" | "gateway-restart")

export interface ComposeOrder {
  readonly scope: Scope
  readonly instance: string
  /** Of the document whose content was looked at. */
  readonly version: string
  readonly action: ComposeAction
  readonly system: string
  /** Left out, all of them. */
  readonly service?: string | undefined
  readonly lines?: number | undefined
  readonly since?: string | undefined
  /** For exec: its words, which reach the container as they are. */
  readonly command?: readonly string[] | undefined
}

/** Lets a node do something with the containers of a system, and waits for what it says. */
export async function composeOrder(ctx: Cloud, wish: ComposeOrder, patience: Patience): Promise<CommandEnd> {
  const { scope, instance, version, action, system, service, lines, since, command } = wish
  const sent = await sendCommand(ctx, {
    document: nameFor(scope, action === "exec" ? "exec" : "compose", 128),
    version,
    instance,
    parameters: {
      ...(action !== "exec" && { Action: action }),
      System: system,
      ...(service !== undefined && { Service: service }),
      ...(lines !== undefined && { Lines: String(lines) }),
      ...(since !== undefined && { Since: since }),
      ...(command !== undefined && { Command: Buffer.from(shellLine(command)).toString("base64") }),
    },
    run: newRun(),
    output: outputOf(ctx, scope),
    deliverWithin: 60,
  })
  return commandResult(ctx, sent, patience)
}

/** So much of a command's line fits into the document's parameter. */
export const longestCommand = 3_072

/** One line for `sh -c` in which every word is what it was. */
export const shellLine = (words: readonly string[]): string =>
  words.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(" ")
