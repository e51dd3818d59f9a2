import { type Call, Refusal } from "../../service.ts"
import type { Table } from "../../store.ts"
import { stateAt, type Timeline } from "../ec2/rules/timeline.ts"
import { regional } from "../regional.ts"
import type { Tag } from "../tags.ts"

// Keyed by name, which ElastiCache keeps in small letters. Tags lie with the thing; AWS lists them by its ARN.

export interface SubnetGroupRecord {
  readonly id: string
  readonly description: string
  readonly vpcId: string
  readonly subnetIds: readonly string[]
  readonly tags: readonly Tag[]
}

export interface ParameterGroupRecord {
  readonly id: string
  readonly family: string
  readonly description: string
  /** Only what somebody set. */
  readonly values: Readonly<Record<string, string>>
  readonly tags: readonly Tag[]
}

/** What lives and passes through states. */
interface Living {
  readonly id: string
  readonly states: Timeline<string>
  /** From then on it is gone. */
  readonly until?: number | undefined
}

export interface UserRecord extends Living {
  readonly name: string
  readonly engine: string
  readonly access: string
  readonly authentication: "password" | "no_password" | "iam"
  /** Digests: nobody needs the passwords. */
  readonly passwords: readonly string[]
  readonly tags: readonly Tag[]
}

export interface UserGroupRecord extends Living {
  readonly engine: string
  readonly userIds: readonly string[]
  readonly tags: readonly Tag[]
}

/** What ModifyReplicationGroup can change. */
export interface Settings {
  readonly description: string
  readonly nodeType: string
  readonly version: string
  readonly parameterGroup: string
  readonly groupIds: readonly string[]
  readonly userGroupIds: readonly string[]
  readonly failover: boolean
  readonly multiAz: boolean
  readonly snapshotDays: number
  readonly snapshotWindow: string
  readonly maintenanceWindow: string
  readonly minorUpgrades: boolean
  readonly tlsMode: "preferred" | "required" | undefined
}

export interface CacheRecord extends Living {
  readonly engine: string
  readonly created: number
  readonly subnetGroup: string
  readonly port: number
  readonly tls: boolean
  readonly atRest: boolean
  readonly settings: Settings
  /** Holds from its time on; the next one is taken only after that. */
  readonly change?: { readonly at: number; readonly settings: Partial<Settings> }
  /** One for each node. */
  readonly nodes: readonly { readonly interfaceId: string; readonly zone: string }[]
  readonly tags: readonly Tag[]
}

export const subnetGroups = (call: Call): Table<SubnetGroupRecord> => regional(call, "elasticache/subnet-group")
export const parameterGroups = (call: Call): Table<ParameterGroupRecord> =>
  regional(call, "elasticache/parameter-group")
export const users = (call: Call): Table<UserRecord> => regional(call, "elasticache/user")
export const userGroups = (call: Call): Table<UserGroupRecord> => regional(call, "elasticache/user-group")
export const caches = (call: Call): Table<CacheRecord> => regional(call, "elasticache/replication-group")

export const living = <R extends Living>(call: Call, table: Table<R>): readonly R[] =>
  table.all().filter((record) => isThere(record, call.now))

export const isThere = ({ until }: Living, now: number): boolean => until === undefined || now < until

export const statusAt = ({ states }: Living, now: number): string => stateAt(states, now)

export const settingsAt = ({ settings, change }: CacheRecord, now: number): Settings =>
  change && change.at <= now ? { ...settings, ...change.settings } : settings

export const arnOf = (call: Call, type: string, id: string): string =>
  `arn:${call.partition}:elasticache:${call.region}:${call.account}:${type}:${id}`

export const badValue = (message: string): Refusal => new Refusal("InvalidParameterValue", message)
export const badMix = (message: string): Refusal => new Refusal("InvalidParameterCombination", message)

/** A letter first, then letters, digits and single hyphens, none at the end. */
export const checkedId = (id: string, member: string, longest: number): string => {
  if (id.length <= longest && /^[A-Za-z](-?[A-Za-z0-9])*$/.test(id)) return id.toLowerCase()
  const rule =
    "Identifiers must begin with a letter; must contain only ASCII letters, digits, and hyphens; and must not end with a hyphen or contain two consecutive hyphens."
  throw badValue(`The parameter ${member} is not a valid identifier. ${rule}`)
}
