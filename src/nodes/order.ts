import { createHash, randomUUID } from "node:crypto"
import type { Cloud } from "../aws/cloud.ts"
import { nameFor, stateBucketName } from "../aws/names.ts"
import { type Sent, sendCommand } from "../aws/ssm/send-command.ts"
import type { Scope } from "../engine/types.ts"

export type Action = "files" | "databases" | "influx" | "checkout" | "images" | "system" | "rollback" | "remove"

export interface Order {
  readonly scope: Scope
  readonly instance: string
  /** Of the document whose content was looked at. */
  readonly version: string
  readonly action: Action
  readonly system?: string | undefined
  readonly wish: string
  /** The hash of the node's files to do it with; left out, those that it has. */
  readonly files?: string
  /** Left out, it is another one each time. */
  readonly run?: string
}

/** Tells a node to do one thing; what comes of it, the node reports. */
export function order(
  ctx: Cloud,
  { scope, instance, version, action, system, wish, files, run }: Order,
): Promise<Sent> {
  return sendCommand(ctx, {
    document: nameFor(scope, "release", 128),
    version,
    instance,
    parameters: { Action: action, System: system ?? "none", Wish: wish, ...(files !== undefined && { Files: files }) },
    run: run ?? newRun(),
    output: outputOf(ctx, scope),
  })
}

export const newRun = (): string => randomUUID().replaceAll("-", "")

/** Where the node keeps all that a command printed. */
export const outputOf = (ctx: Pick<Cloud, "account" | "region">, scope: Scope) => ({
  bucket: stateBucketName(ctx),
  prefix: `environments/${scope}/output`,
})

/** What the node is told a wish by: equal means that there is nothing to do. */
export const wishOf = (...parts: readonly unknown[]): string =>
  createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 16)
