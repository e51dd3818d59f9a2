import { type Call, Refusal } from "../../service.ts"
import { given } from "../given.ts"
import {
  type InstanceRecord,
  instances,
  isThere,
  type ParameterGroupRecord,
  parameterGroups,
  type SnapshotRecord,
  type SubnetGroupRecord,
  snapshots,
  subnetGroups,
} from "./records.ts"

export const instanceOf = (call: Call, name: string | undefined): InstanceRecord => {
  const id = folded(given(name, "dBInstanceIdentifier"))
  const found = instances(call).get(id)
  if (found && isThere(found, call.now)) return found
  throw new Refusal("DBInstanceNotFound", `DBInstance ${id} not found.`, 404)
}

export const subnetGroupOf = (call: Call, name: string | undefined): SubnetGroupRecord => {
  const id = folded(given(name, "dBSubnetGroupName"))
  const found = subnetGroups(call).get(id)
  if (found) return found
  throw new Refusal("DBSubnetGroupNotFoundFault", `DB subnet group '${id}' does not exist.`, 404)
}

/** Those that RDS itself keeps for each family are there too, and cannot be changed. */
export const parameterGroupOf = (call: Call, name: string | undefined): ParameterGroupRecord => {
  const id = folded(given(name, "dBParameterGroupName"))
  const found = parameterGroups(call).get(id) ?? defaultGroup(id)
  if (found) return found
  throw new Refusal("DBParameterGroupNotFound", `DBParameterGroup not found: ${id}`, 404)
}

export const defaultGroup = (name: string): ParameterGroupRecord | undefined => {
  const [, family] = /^default\.(postgres\d+)$/.exec(name) ?? []
  if (family === undefined) return undefined
  return { name, family, description: `Default parameter group for ${family}`, values: {}, edition: 0, tags: [] }
}

export const snapshotOf = (call: Call, name: string | undefined): SnapshotRecord => {
  const id = folded(given(name, "dBSnapshotIdentifier"))
  const found = snapshots(call).get(id)
  if (found) return found
  throw new Refusal("DBSnapshotNotFound", `DBSnapshot ${id} not found.`, 404)
}

export const folded = (name: string): string => name.toLowerCase()

/** A letter first, then letters, digits and single hyphens, none at the end. */
export const checkedName = (name: string, member: string, longest: number): string => {
  if (name.length > longest || !/^[A-Za-z](-?[A-Za-z0-9])*$/.test(name))
    throw new Refusal(
      "InvalidParameterValue",
      `The parameter ${member} is not a valid identifier. Identifiers must begin with a letter; must contain only ASCII letters, digits, and hyphens; and must not end with a hyphen or contain two consecutive hyphens.`,
    )
  return folded(name)
}
