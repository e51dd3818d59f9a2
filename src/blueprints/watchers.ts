import type { Cloud, Place } from "../aws/cloud.ts"
import type { AnyStep, Scope } from "../engine/types.ts"
import { analyzer } from "../steps/analyzer.ts"
import { configBucket, trailBucket } from "../steps/bucket.ts"
import { detector } from "../steps/detector.ts"
import { trailKey } from "../steps/kms-key.ts"
import { recorder } from "../steps/recorder.ts"
import { securityHub } from "../steps/security-hub.ts"
import { trail } from "../steps/trail.ts"

/** What looks at an account; each is wished for by itself. */
export interface WatchersWish {
  readonly scope: Scope
  readonly place: Place
  /** Who did what, in all regions. */
  readonly trail: boolean
  /** A key for what the trail writes; nothing without `trail`. */
  readonly trailKey?: boolean | undefined
  /** What of the account others can reach. */
  readonly analyzer: boolean
  /** What is there, written down whenever it changes. */
  readonly config: boolean
  /** What brings about the role that is linked to AWS Config. */
  readonly configRole: readonly AnyStep<Cloud>[]
  /** What looks for signs of a break-in. */
  readonly guardduty: boolean
  /** What holds the account against standards; nothing without `config`. */
  readonly securityHub: boolean
}

export function watchersOf(wish: WatchersWish): { readonly steps: readonly AnyStep<Cloud>[] } {
  const { scope } = wish
  return {
    steps: [
      ...(wish.trail ? trailOf(wish) : []),
      ...(wish.analyzer ? [analyzer({ scope, name })] : []),
      ...(wish.config ? recordingOf(wish) : []),
      ...(wish.guardduty ? [detector({ scope, name })] : []),
    ],
  }
}

/** An account has one of each. */
const name = "main"

function trailOf(wish: WatchersWish): readonly AnyStep<Cloud>[] {
  const { scope, place } = wish
  const bucket = trailBucket({ place, scope, trail: name })
  const key = wish.trailKey ? trailKey({ place, scope, name: "trail" }) : undefined
  return [bucket, ...(key ? [key] : []), trail({ place, scope, name, bucket, key })]
}

function recordingOf({
  scope,
  place,
  configRole: roles,
  securityHub: checks,
}: WatchersWish): readonly AnyStep<Cloud>[] {
  const bucket = configBucket({ place, scope })
  const main = recorder({ place, scope, name, bucket, roles })
  return [bucket, main, ...(checks ? [securityHub({ place, scope, name, recorder: main })] : [])]
}
