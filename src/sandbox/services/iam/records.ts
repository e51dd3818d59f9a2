import { createHash } from "node:crypto"
import { type Call, Refusal } from "../../service.ts"
import type { Table } from "../../store.ts"
import { given } from "../given.ts"
import type { Tag } from "../tags.ts"
import type { Bearer } from "./bearer.ts"

export interface RoleRecord extends Bearer {
  readonly RoleName: string
  readonly RoleId: string
  readonly Arn: string
  readonly Path: string
  readonly CreateDate: number
  /** As it was sent: IAM keeps a document's own spelling. */
  readonly AssumeRolePolicyDocument: string
  readonly Description?: string
  readonly MaxSessionDuration: number
  readonly PermissionsBoundary?: string
  readonly Tags: readonly Tag[]
}

export interface InstanceProfileRecord {
  readonly InstanceProfileName: string
  readonly InstanceProfileId: string
  readonly Arn: string
  readonly Path: string
  readonly CreateDate: number
  readonly Roles: readonly string[]
  readonly Tags: readonly Tag[]
}

export const roles = (call: Call): Table<RoleRecord> => call.store.table("iam/role")
export const profiles = (call: Call): Table<InstanceProfileRecord> => call.store.table("iam/instance-profile")

export const roleOf = (call: Call, name: string | undefined): RoleRecord => {
  const wanted = given(name, "roleName")
  return roles(call).get(wanted) ?? missing(`The role with name ${wanted} cannot be found.`)
}

/** How long a session of a role lasts where nobody says, in seconds. */
export const ONE_HOUR = 3600

/** A role as it is at first, without what only some have. */
export const newRole = (call: Call, name: string, path: string, trust: string): RoleRecord => ({
  RoleName: name,
  RoleId: uniqueId(call, "AROA"),
  Arn: `arn:${call.partition}:iam::${call.account}:role${path}${name}`,
  Path: path,
  CreateDate: call.now,
  AssumeRolePolicyDocument: trust,
  MaxSessionDuration: ONE_HOUR,
  Tags: [],
  Inline: {},
  Attached: [],
})

export const profileOf = (call: Call, name: string | undefined): InstanceProfileRecord => {
  const wanted = given(name, "instanceProfileName")
  return profiles(call).get(wanted) ?? missing(`Instance Profile ${wanted} cannot be found.`)
}

export const missing = (message: string): never => {
  throw new Refusal("NoSuchEntityException", message, 404)
}

export const overQuota = (quota: string, limit: number): never => {
  throw new Refusal("LimitExceededException", `Cannot exceed quota for ${quota}: ${limit}`, 409)
}

/** IAM compares names without case, so `Node` and `node` cannot both exist. */
export const refuseTaken = (names: readonly string[], wanted: string, message: string): void => {
  if (!names.some((name) => name.toLowerCase() === wanted.toLowerCase())) return
  throw new Refusal("EntityAlreadyExistsException", message, 409)
}

type IdPrefix = "AROA" | "AIPA" | "AIDA" | "AGPA" | "ANPA" | "APKA" | "ACCA" | "ASCA"

/** IAM's unique ids: a prefix that tells the kind, then upper-case letters and the digits 2 to 7. */
export const uniqueId = (call: Call, prefix: IdPrefix): string => {
  const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
  const hash = createHash("sha256").update(call.id(prefix)).digest()
  return prefix + Array.from(hash.subarray(0, 17), (byte) => digits.charAt(byte % digits.length)).join("")
}
