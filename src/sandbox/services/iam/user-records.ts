import { KEYS } from "../../callers.ts"
import { type Call, Refusal } from "../../service.ts"
import type { Table } from "../../store.ts"
import { given } from "../given.ts"
import type { Tag } from "../tags.ts"
import type { Bearer } from "./bearer.ts"
import { missing } from "./records.ts"

export interface UserRecord extends Bearer {
  readonly UserName: string
  readonly UserId: string
  readonly Arn: string
  readonly Path: string
  readonly CreateDate: number
  readonly PermissionsBoundary?: string
  readonly Tags: readonly Tag[]
  /** Names of the groups that it is in. */
  readonly Groups: readonly string[]
  /** What it signs in with at the console; the password itself is of no use to anybody here. */
  readonly Login?: { readonly CreateDate: number; readonly PasswordResetRequired: boolean }
}

export interface GroupRecord extends Bearer {
  readonly GroupName: string
  readonly GroupId: string
  readonly Arn: string
  readonly Path: string
  readonly CreateDate: number
}

export interface AccessKeyRecord {
  readonly UserName: string
  readonly AccessKeyId: string
  readonly SecretAccessKey: string
  readonly Status: "Active" | "Inactive"
  readonly CreateDate: number
  readonly LastUsed?: { readonly Date: number; readonly Service: string; readonly Region: string }
}

export interface MfaDeviceRecord {
  readonly SerialNumber: string
  /** In base 32, as an app takes it. */
  readonly Seed: string
  readonly Tags: readonly Tag[]
  readonly UserName?: string
  readonly EnableDate?: number
  /** The half minute of the last code that was used: none before it is good any more. */
  readonly LastStep?: number
}

export interface ManagedPolicyRecord {
  readonly PolicyName: string
  readonly PolicyId: string
  readonly Arn: string
  readonly Path: string
  readonly Description?: string
  readonly CreateDate: number
  readonly UpdateDate: number
  readonly DefaultVersionId: string
  /** How many there ever were: a number is not given twice. */
  readonly Counted: number
  readonly Versions: readonly PolicyVersionRecord[]
  readonly Tags: readonly Tag[]
}

export interface PolicyVersionRecord {
  readonly VersionId: string
  readonly Document: string
  readonly CreateDate: number
}

export interface ProviderRecord {
  readonly Arn: string
  /** Without its `https://`. */
  readonly Url: string
  readonly ClientIDList: readonly string[]
  readonly ThumbprintList: readonly string[]
  readonly CreateDate: number
  readonly Tags: readonly Tag[]
}

export const users = (call: Call): Table<UserRecord> => call.store.table("iam/user")
export const groups = (call: Call): Table<GroupRecord> => call.store.table("iam/group")
export const accessKeys = (call: Call): Table<AccessKeyRecord> => call.store.table(KEYS)
export const mfaDevices = (call: Call): Table<MfaDeviceRecord> => call.store.table("iam/mfa-device")
export const managedPolicies = (call: Call): Table<ManagedPolicyRecord> => call.store.table("iam/policy")
export const providers = (call: Call): Table<ProviderRecord> => call.store.table("iam/oidc-provider")

export const userOf = (call: Call, name: string | undefined): UserRecord => {
  const wanted = given(name, "userName")
  return users(call).get(wanted) ?? missing(`The user with name ${wanted} cannot be found.`)
}

/** Where a request names nobody, it is about who signed it. */
export const userOrSelf = (call: Call, name: string | undefined): UserRecord => {
  const self = /:user\/(?:.*\/)?([^/]+)$/.exec(call.callerArn)?.[1]
  if (name === undefined && self === undefined) {
    throw new Refusal("ValidationError", "Must specify userName when calling with non-User credentials")
  }
  return userOf(call, name ?? self)
}

export const groupOf = (call: Call, name: string | undefined): GroupRecord => {
  const wanted = given(name, "groupName")
  return groups(call).get(wanted) ?? missing(`The group with name ${wanted} cannot be found.`)
}
