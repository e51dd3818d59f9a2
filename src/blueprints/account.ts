import type { Cloud, Place } from "../aws/cloud.ts"
import type { AccountItem } from "../config/settings.ts"
import type { AnyStep, Blueprint, Wishes } from "../engine/types.ts"
import { wishesOf } from "../engine/wishes.ts"
import { stateBucket } from "../steps/bucket.ts"
import { ebsEncryption } from "../steps/ebs-encryption.ts"
import { record } from "../steps/record.ts"

export interface AccountWish {
  readonly place: Place
  readonly items: readonly AccountItem[]
  /** What earlier runs wished of items that this one leaves alone. */
  readonly others?: Wishes | undefined
}

/** What an account has whatever runs in it. */
export function account(wish: AccountWish): Blueprint<Cloud> {
  const bucket = stateBucket(wish.place)
  const steps = stepsOf(wish)
  const wishes = { ...wish.others, ...wishesOf([bucket, ...steps]) }
  return { name: "account", scopes: [scope], first: record({ scope, bucket, wishes }), steps, ground: [bucket] }
}

function stepsOf({ items }: AccountWish): readonly AnyStep<Cloud>[] {
  const wanted = new Set(items)
  return [...(wanted.has("ebs-encryption") ? [ebsEncryption({ scope })] : [])]
}

const scope = "account"
