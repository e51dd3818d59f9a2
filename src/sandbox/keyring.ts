import { randomBytes } from "node:crypto"
import type { SessionRecord } from "./sessions.ts"
import type { Keys } from "./sigv4.ts"
import type { Store } from "./store.ts"

/** Who signs with a pair of keys. */
export interface Caller {
  readonly keys: Keys
  readonly arn: string
  /** The instance on which it works; without one, it is whoever holds the sandbox's own keys. */
  readonly instance?: string
  /** Keys that STS lent. */
  readonly session?: SessionRecord
}

/** Whoever holds the sandbox's own keys. */
export const ownCaller = ({ keys, store }: { readonly keys: Keys; readonly store: Store }): Caller => ({
  keys,
  arn: ownArn(store.contents().account),
})

export const ownArn = (account: string): string => `arn:aws:iam::${account}:user/${OWN_NAME}`

/** Nobody else may be called so. */
export const OWN_NAME = "sandbox"

/** The keys of instances' roles, beside the sandbox's own. As on AWS they are for a while, and nobody writes them down. */
export interface Keyring {
  find(accessKeyId: string): Caller | undefined
  /** Keys for what an instance does in its role; those that it had before are taken back. */
  lend(instance: string, arn: string): Keys
  /** Those that it has. */
  lentTo(instance: string): Keys | undefined
  takeBack(instance: string): void
}

export function startKeyring(): Keyring {
  const lent = new Map<string, Caller>()
  const takeBack = (instance: string) => {
    for (const [id, caller] of lent) if (caller.instance === instance) lent.delete(id)
  }
  return {
    find: (accessKeyId) => lent.get(accessKeyId),
    lentTo: (instance) => [...lent.values()].find((caller) => caller.instance === instance)?.keys,
    takeBack,
    lend: (instance, arn) => {
      takeBack(instance)
      const keys = {
        accessKeyId: `${LENT}${randomBytes(8).toString("hex").toUpperCase().slice(0, 9)}`,
        secretAccessKey: `sandbox${randomBytes(24).toString("base64url")}0`,
      }
      lent.set(keys.accessKeyId, { keys, arn, instance })
      return keys
    },
  }
}

/** Keys of instances: marked as AWS marks what was lent, and apart from those that STS lends to somebody. */
export const LENT = "ASIAMACHINE"
