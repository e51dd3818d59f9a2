import type { Cloud } from "../aws/cloud.ts"
import type { Settings } from "../config.ts"
import type { PlanRow } from "../engine/plan.ts"
import type { AnyKind, Blueprint } from "../engine/types.ts"

/** What an environment is to be. */
export interface Site {
  readonly environment: string
  readonly blueprint: Blueprint<Cloud>
  readonly kinds: readonly AnyKind<Cloud>[]
  /** What has to be there before a lock can be taken: the bucket that locks are kept in. */
  readonly groundwork: Blueprint<Cloud>
  /** What is paid by use, where that is other than what an environment's bill has on top. */
  readonly notIncluded?: readonly string[]
  /** What somebody should know before it is made. */
  readonly notes?: readonly string[]
  /** What no destroy takes away, in words with its price. */
  readonly stays: readonly string[]
  /** What was kept on request, which no destroy takes away either. */
  kept(): Promise<readonly string[]>
  /** What users want to know of it by name, such as the node's id. */
  outputs(rows: readonly PlanRow[]): Readonly<Record<string, string>>
}

/** What those with data are to be made from, where somebody goes back to what was kept of them. */
export interface Sources {
  readonly databaseSource?: string
  readonly influxSource?: string
}

/** `allowed` is who may come in where neither the settings nor the account say so. */
export type SiteFor = (
  environment: string,
  settings: Settings,
  cloud: Cloud,
  allowed?: readonly string[],
  sources?: Sources,
) => Promise<Site>
