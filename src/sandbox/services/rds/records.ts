import type { Call } from "../../service.ts"
import type { Table } from "../../store.ts"
import type { Timeline } from "../ec2/rules/timeline.ts"
import { regional } from "../regional.ts"
import type { Tag } from "../tags.ts"

// Keyed by name, which RDS keeps in small letters. Tags lie with the thing; RDS lists them by its ARN.

export interface SubnetGroupRecord {
  readonly name: string
  readonly description: string
  readonly vpcId: string
  readonly subnetIds: readonly string[]
  readonly tags: readonly Tag[]
}

export interface ParameterGroupRecord {
  readonly name: string
  readonly family: string
  readonly description: string
  /** Only what somebody set. */
  readonly values: Readonly<Record<string, string>>
  /** How often a parameter changed that waits for a restart. */
  readonly edition: number
  readonly tags: readonly Tag[]
}

/** What ModifyDBInstance can change. */
export interface Settings {
  readonly instanceClass: string
  readonly storageGb: number
  readonly maxStorageGb?: number | undefined
  readonly storageType: string
  readonly engineVersion: string
  readonly multiAz: boolean
  readonly backupDays: number
  readonly backupWindow: string
  readonly maintenanceWindow: string
  readonly port: number
  readonly parameterGroup: string
  readonly groupIds: readonly string[]
  readonly publiclyAccessible: boolean
  readonly minorUpgrades: boolean
  readonly copyTags: boolean
  readonly deletionProtection: boolean
  readonly logExports: readonly string[]
  readonly insights: "standard" | "advanced"
  readonly performanceInsights: boolean
  readonly performanceInsightsDays?: number | undefined
  readonly lifecycle: string
  readonly iamAuthentication: boolean
  readonly authority: string
}

export interface Change {
  /** When it takes effect; before that it is shown as pending. */
  readonly at: number
  readonly settings: Partial<Settings>
}

export interface InstanceRecord {
  readonly id: string
  readonly resourceId: string
  readonly created: number
  readonly masterUser: string
  readonly databaseName?: string | undefined
  readonly encrypted: boolean
  readonly kmsKeyArn?: string | undefined
  readonly subnetGroup: string
  readonly vpcId: string
  readonly zone: string
  readonly settings: Settings
  readonly changes: readonly Change[]
  readonly states: Timeline<string>
  /** Before it nothing listens, and no address is shown. */
  readonly listensFrom: number
  readonly interfaceId: string
  readonly secretArn?: string | undefined
  /** The group and its edition that the engine read when it last started. */
  readonly started: { readonly parameterGroup: string; readonly edition: number }
  /** While the storage is being rearranged, it cannot change again. */
  readonly storageSettles?: number | undefined
  readonly tags: readonly Tag[]
  /** From then on it is gone. */
  readonly until?: number | undefined
}

export interface SnapshotRecord {
  readonly id: string
  readonly instanceId: string
  readonly resourceId: string
  /** What RDS makes by itself goes with its instance. */
  readonly type: "manual" | "automated"
  /** Before it there is nothing to be seen of it. */
  readonly created: number
  readonly states: Timeline<string>
  readonly source: Pick<
    InstanceRecord,
    "created" | "masterUser" | "databaseName" | "encrypted" | "kmsKeyArn" | "vpcId" | "zone"
  >
  readonly settings: Settings
  readonly tags: readonly Tag[]
}

export const subnetGroups = (call: Call): Table<SubnetGroupRecord> => regional(call, "rds/subnet-group")
export const parameterGroups = (call: Call): Table<ParameterGroupRecord> => regional(call, "rds/parameter-group")
export const instances = (call: Call): Table<InstanceRecord> => regional(call, "rds/instance")
export const snapshots = (call: Call): Table<SnapshotRecord> => regional(call, "rds/snapshot")

export const isThere = ({ until }: Pick<InstanceRecord, "until">, now: number): boolean =>
  until === undefined || now < until

/** As they are at this time. */
export const settingsAt = ({ settings, changes }: InstanceRecord, now: number): Settings =>
  Object.assign({}, settings, ...changes.filter(({ at }) => at <= now).map((change) => change.settings))

export const arnOf = (call: Call, type: "db" | "subgrp" | "pg" | "snapshot", name: string): string =>
  `arn:${call.partition}:rds:${call.region}:${call.account}:${type}:${name}`
