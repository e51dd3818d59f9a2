import { type Call, Refusal } from "../../service.ts"
import type { Table } from "../../store.ts"
import { regional } from "../regional.ts"
import type { Tag } from "../tags.ts"

export interface GroupRecord {
  readonly name: string
  readonly created: number
  /** Days; kept for ever without. */
  readonly retention?: number | undefined
  readonly Tags: readonly Tag[]
}

export interface StreamRecord {
  readonly group: string
  readonly name: string
  readonly created: number
  readonly events: readonly EventRecord[]
}

export interface EventRecord {
  readonly id: string
  readonly at: number
  readonly ingested: number
  readonly message: string
}

/** What counts the lines of a group that fit a pattern. */
export interface FilterRecord {
  readonly group: string
  readonly name: string
  readonly pattern: string
  readonly namespace: string
  readonly metric: string
  readonly value: number
  readonly created: number
}

export const filters = (call: Call): Table<FilterRecord> => regional(call, "logs/metric-filter")

/** Neither a group's name nor a filter's has a colon. */
export const filterKey = (group: string, filter: string): string => `${group}:${filter}`

export const groups = (call: Call): Table<GroupRecord> => regional(call, "logs/group")
export const streams = (call: Call): Table<StreamRecord> => regional(call, "logs/stream")

/** Neither a group's name nor a stream's has a colon. */
export const streamKey = (group: string, stream: string): string => `${group}:${stream}`

export const groupArn = ({ partition, region, account }: Call, name: string): string =>
  `arn:${partition}:logs:${region}:${account}:log-group:${name}`

export const groupOf = (call: Call, name: string | undefined): GroupRecord => {
  const group = groups(call).get(name ?? "")
  if (!group) throw new Refusal("ResourceNotFoundException", "The specified log group does not exist.")
  return group
}

export const streamOf = (call: Call, group: string, name: string | undefined): StreamRecord => {
  const stream = streams(call).get(streamKey(groupOf(call, group).name, name ?? ""))
  if (!stream) throw new Refusal("ResourceNotFoundException", "The specified log stream does not exist.")
  return stream
}

/** The events that are not too old for their group. */
export const keptOf = (call: Call, { group, events }: StreamRecord): readonly EventRecord[] => {
  const { retention } = groupOf(call, group)
  return retention === undefined ? events : events.filter(({ at }) => call.now - at < retention * DAY)
}

export const DAY = 86_400_000

/** A group by its name, or by its ARN without the last star. */
export const meantBy = (input: {
  readonly logGroupName?: string | undefined
  readonly logGroupIdentifier?: string | undefined
}): string => {
  if (input.logGroupName !== undefined && input.logGroupIdentifier !== undefined)
    throw invalid("LogGroup name and LogGroup identifier cannot both be specified.")
  const meant = input.logGroupName ?? input.logGroupIdentifier
  if (meant === undefined) throw invalid("Either logGroupName or logGroupIdentifier must be specified")
  return meant.replace(/^arn:.*:log-group:/, "")
}

export const invalid = (message: string): Refusal => new Refusal("InvalidParameterException", message)
