import type { EventSelector } from "@aws-sdk/client-cloudtrail"
import { type Call, Refusal } from "../../service.ts"
import type { Table } from "../../store.ts"
import type { Tag } from "../tags.ts"

export interface TrailRecord {
  readonly arn: string
  readonly name: string
  readonly home: string
  readonly bucket: string
  readonly prefix?: string | undefined
  readonly global: boolean
  readonly everywhere: boolean
  readonly validation: boolean
  readonly key?: string | undefined
  readonly logGroup?: string | undefined
  readonly role?: string | undefined
  readonly logging: boolean
  readonly started?: number | undefined
  readonly stopped?: number | undefined
  /** The account that owns it, where the account's organization does. */
  readonly organization?: string | undefined
  readonly selectors: readonly EventSelector[]
  /** As JSON: instead of `selectors`. */
  readonly advanced?: string | undefined
  readonly Tags: readonly Tag[]
}

/** One table for all regions: a trail of all regions is seen in each. */
export const trails = (call: Call): Table<TrailRecord> => call.store.table("cloudtrail/trail")

export const trailArn = ({ partition, region, account }: Call, name: string): string =>
  `arn:${partition}:cloudtrail:${region}:${account}:trail/${name}`

/** By its name in the region where it was made, by its ARN wherever it is seen. */
export const trailOf = (call: Call, meant: string | undefined): TrailRecord => {
  const wanted = meant ?? ""
  if (wanted.startsWith("arn:")) checkArn(wanted)
  else checkName(wanted)
  const found = trails(call).get(wanted.startsWith("arn:") ? wanted : trailArn(call, wanted))
  if (!found || !isSeen(call, found))
    throw new Refusal("TrailNotFoundException", `Unknown trail: ${wanted} for the user: ${call.account}`)
  return found
}

/** For changes, which are made at home only, and by whoever owns it. */
export const ownTrail = (call: Call, meant: string | undefined): TrailRecord => {
  const trail = trailOf(call, meant)
  if (trail.organization !== undefined && trail.organization !== call.account) {
    const message = "The trail is an organization trail: only the management account may change it."
    throw new Refusal("NotOrganizationMasterAccountException", message)
  }
  if (trail.home !== call.region) {
    const message = `Trail ${trail.arn} can only be changed in its home region ${trail.home}.`
    throw new Refusal("InvalidHomeRegionException", message)
  }
  return trail
}

export const isSeen = ({ region }: Call, { home, everywhere }: TrailRecord): boolean => home === region || everywhere

export const checkName = (name: string): void => {
  if (/^[A-Za-z0-9](?:[A-Za-z0-9]|[._-](?![._-]))*[A-Za-z0-9]$/.test(name) && name.length >= 3 && name.length <= 128)
    return
  const message =
    name.length < 3 || name.length > 128
      ? `Trail name must have between 3 and 128 characters, not ${name.length}.`
      : "Trail name or ARN can only contain uppercase letters, lowercase letters, numbers, periods (.), hyphens (-), and underscores (_)."
  throw new Refusal("InvalidTrailNameException", message)
}

const checkArn = (arn: string): void => {
  if (!/^arn:[\w-]+:cloudtrail:[\w-]+:\d{12}:trail\/.+$/.test(arn))
    throw new Refusal("CloudTrailARNInvalidException", `The ARN ${arn} is not one of a trail.`)
}
