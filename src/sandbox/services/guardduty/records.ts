import type { DetectorFeatureConfiguration, FindingPublishingFrequency } from "@aws-sdk/client-guardduty"
import { type Call, Refusal } from "../../service.ts"
import type { Table } from "../../store.ts"
import { regional } from "../regional.ts"
import type { Tag } from "../tags.ts"

export interface DetectorRecord {
  readonly id: string
  readonly enabled: boolean
  readonly frequency: FindingPublishingFrequency
  readonly features: readonly DetectorFeatureConfiguration[]
  readonly created: number
  readonly updated: number
  /** Of the request that made it: the same request once more makes no second one. */
  readonly token: string | undefined
  readonly Tags: readonly Tag[]
}

export const detectors = (call: Call): Table<DetectorRecord> => regional(call, "guardduty/detector")

export const detectorOf = (call: Call, id: string | undefined): DetectorRecord => {
  const found = detectors(call).get(id ?? "")
  if (found) return found
  throw bad("The request is rejected because the input detectorId is not owned by the current account.")
}

/** GuardDuty has one code for all that it refuses. */
export const bad = (message: string): Refusal => new Refusal("BadRequestException", message)
