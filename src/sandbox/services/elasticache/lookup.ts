import { type Call, Refusal } from "../../service.ts"
import { given } from "../given.ts"
import { families } from "./catalog.ts"
import {
  type CacheRecord,
  caches,
  isThere,
  type ParameterGroupRecord,
  parameterGroups,
  type SubnetGroupRecord,
  subnetGroups,
  type UserGroupRecord,
  type UserRecord,
  userGroups,
  users,
} from "./records.ts"

export const subnetGroupOf = (call: Call, name: string | undefined): SubnetGroupRecord => {
  const id = given(name, "cacheSubnetGroupName").toLowerCase()
  const found = subnetGroups(call).get(id)
  if (found) return found
  throw new Refusal("CacheSubnetGroupNotFoundFault", `Cache Subnet Group ${id} does not exist.`)
}

/** Those that ElastiCache itself keeps for each family are there too, and cannot be changed. */
export const parameterGroupOf = (call: Call, name: string | undefined): ParameterGroupRecord => {
  const id = given(name, "cacheParameterGroupName").toLowerCase()
  const found = parameterGroups(call).get(id) ?? defaultGroups().find((group) => group.id === id)
  if (found) return found
  throw new Refusal("CacheParameterGroupNotFound", `CacheParameterGroup ${id} not found.`)
}

export const defaultGroups = (): readonly ParameterGroupRecord[] =>
  families.map((family) => ({
    id: `default.${family}`,
    family,
    description: `Default parameter group for ${family}`,
    values: {},
    tags: [],
  }))

/** Every account has a user `default`, who may do everything and needs no password. */
export const userOf = (call: Call, id: string | undefined): UserRecord => {
  const key = given(id, "userId").toLowerCase()
  const found = key === builtIn.id ? builtIn : users(call).get(key)
  if (found && isThere(found, call.now)) return found
  throw new Refusal("UserNotFound", `User ${key} not found.`)
}

export const builtIn: UserRecord = {
  id: "default",
  name: "default",
  engine: "redis",
  access: "on ~* +@all",
  authentication: "no_password",
  passwords: [],
  states: [[0, "active"]],
  tags: [],
}

export const userGroupOf = (call: Call, id: string | undefined): UserGroupRecord => {
  const key = given(id, "userGroupId").toLowerCase()
  const found = userGroups(call).get(key)
  if (found && isThere(found, call.now)) return found
  throw new Refusal("UserGroupNotFound", `User group ${key} not found.`)
}

export const cacheOf = (call: Call, id: string | undefined): CacheRecord => {
  const key = given(id, "replicationGroupId").toLowerCase()
  const found = caches(call).get(key)
  if (found && isThere(found, call.now)) return found
  throw new Refusal("ReplicationGroupNotFoundFault", `ReplicationGroup ${key} not found.`)
}
