import { type Call, Refusal } from "../../service.ts"
import type { Table } from "../../store.ts"
import { regional } from "../regional.ts"
import type { Tag } from "../tags.ts"

export interface HubRecord {
  readonly arn: string
  readonly subscribed: number
  readonly autoEnable: boolean
  readonly generator: "STANDARD_CONTROL" | "SECURITY_CONTROL"
  readonly standards: readonly StandardRecord[]
  readonly Tags: readonly Tag[]
}

export interface StandardRecord {
  readonly arn: string
  readonly subscription: string
  readonly since: number
  /** Since when it is being taken away. */
  readonly leaving?: number | undefined
}

const hubs = (call: Call): Table<HubRecord> => regional(call, "securityhub/hub")

export const hubArn = ({ partition, region, account }: Call): string =>
  `arn:${partition}:securityhub:${region}:${account}:hub/default`

/** What is being taken away is gone after a while. */
export const hubHere = (call: Call): HubRecord | undefined => {
  const hub = hubs(call).get(hubArn(call))
  return hub && { ...hub, standards: hub.standards.filter(({ leaving }) => call.now - (leaving ?? call.now) < parting) }
}

const parting = 30_000

export const hubOf = (call: Call): HubRecord => {
  const hub = hubHere(call)
  if (hub) return hub
  throw new Refusal("InvalidAccessException", `Account ${call.account} is not subscribed to AWS Security Hub`)
}

export const keepHub = (call: Call, hub: HubRecord): void => hubs(call).put(hub.arn, hub)

export const dropHub = (call: Call): void => {
  hubs(call).delete(hubArn(call))
}

export const invalid = (message: string): Refusal => new Refusal("InvalidInputException", message)
