import type { Scope } from "../../engine/types.ts"
import { UserError } from "../../errors.ts"
import { jsonOf } from "./json.ts"
import type { Objects, Reading } from "./objects.ts"

/** The object that guards a scope. It is never deleted, so that its epoch only grows. */
export interface LockFile {
  readonly schema: 1
  /** One more for each holder: whoever has a lower one was overtaken. */
  readonly epoch: number
  readonly holder: Holder | null
  /** By step: what was about to be made. */
  readonly intents: Readonly<Record<string, NotedIntent>>
}

export interface Holder {
  /** Who, in words: `alice@laptop`. */
  readonly owner: string
  readonly runId: string
  /** What the run does, in words: `deploy single`. */
  readonly what: string
  readonly since: string
  readonly expiresAt: string
}

export interface NotedIntent {
  readonly nonce: string
  readonly runId: string
  readonly since: string
}

export const lockKey = (scope: Scope): string => `locks/${scope}.json`

export const noLock: LockFile = { schema: 1, epoch: 0, holder: null, intents: {} }

export const lockText = (file: LockFile): string => `${JSON.stringify(file, null, 1)}\n`

/** Throws for what is not a lock of ours: to write over it might free what somebody holds. */
export function lockFileOf(objects: Objects, scope: Scope, { text }: Reading): LockFile {
  if (text === undefined) return noLock
  const file = parsed(text)
  if (file) return file
  throw new UserError(`s3://${objects.bucket}/${lockKey(scope)} is not a lock: "${text.slice(0, 40)}"`, {
    hint: "look at what wrote it; `smart0dte unlock --force` writes a new one",
  })
}

/** Expired also when it cannot be told, because no one could ever renew such a lease. */
export const isAlive = (holder: Holder, at: number): boolean => Date.parse(holder.expiresAt) > at

export const parsed = (text: string): LockFile | undefined => jsonOf(text, isLockFile)

function isLockFile(value: unknown): value is LockFile {
  if (!isObject(value) || value.schema !== 1 || !Number.isSafeInteger(value.epoch)) return false
  if (value.holder !== null && !hasTexts(value.holder, ["owner", "runId", "what", "since", "expiresAt"])) return false
  return isObject(value.intents) && Object.values(value.intents).every((one) => hasTexts(one, ["nonce", "runId"]))
}

const hasTexts = (value: unknown, keys: readonly string[]): boolean =>
  isObject(value) && keys.every((key) => typeof value[key] === "string")

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value)
