import type * as rds from "@aws-sdk/client-rds"
import { type Call, handlers, Refusal } from "../../service.ts"
import { given } from "../given.ts"
import { refuseUnserved } from "../unserved.ts"
import { versions } from "./catalog.ts"
import { checkedName, defaultGroup, parameterGroupOf } from "./lookup.ts"
import { pageOf } from "./pages.ts"
import { checkedValues, isStatic, parametersIn } from "./parameters.ts"
import { arnOf, instances, isThere, type ParameterGroupRecord, parameterGroups, settingsAt } from "./records.ts"
import { withTags } from "./tags.ts"

export const parameterGroupHandlers = handlers<typeof rds>()({
  CreateDBParameterGroup({ DBParameterGroupName, DBParameterGroupFamily, Description, Tags }, call) {
    const name = checkedName(given(DBParameterGroupName, "dBParameterGroupName"), "DBParameterGroupName", 255)
    const family = given(DBParameterGroupFamily, "dBParameterGroupFamily")
    if (!families.includes(family))
      throw new Refusal("InvalidParameterValue", `ParameterGroupFamily ${family} is not a valid parameter group family`)
    if (parameterGroups(call).has(name))
      throw new Refusal("DBParameterGroupAlreadyExists", `Parameter group ${name} already exists`)
    if (parameterGroups(call).all().length + 1 > call.quota("L-DE55804A", 50))
      throw new Refusal("DBParameterGroupQuotaExceeded", "The request would exceed the quota of DB parameter groups.")
    const description = given(Description, "description")
    const group = { name, family, description, values: {}, edition: 0, tags: withTags([], Tags) }
    return { DBParameterGroup: view(call, keep(call, group)) }
  },

  DescribeDBParameterGroups(input, call) {
    refuseUnserved(input, ["Filters"])
    const { DBParameterGroupName: name } = input
    const all = [
      ...families.flatMap((family) => defaultGroup(`default.${family}`) ?? []),
      ...parameterGroups(call).all(),
    ]
    const found = name === undefined ? all : [parameterGroupOf(call, name)]
    const { items, Marker } = pageOf(found, (group) => group.name, input)
    return { DBParameterGroups: items.map((group) => view(call, group)), Marker }
  },

  DescribeDBParameters(input, call) {
    refuseUnserved(input, ["Filters"])
    const group = parameterGroupOf(call, input.DBParameterGroupName)
    const found = parametersIn(group).filter(({ Source }) => input.Source === undefined || Source === input.Source)
    const { items, Marker } = pageOf(found, ({ ParameterName = "" }) => ParameterName, input)
    return { Parameters: [...items], Marker }
  },

  ModifyDBParameterGroup({ DBParameterGroupName, Parameters }, call) {
    const group = changeable(call, DBParameterGroupName)
    const values = checkedValues(given(Parameters, "parameters"))
    keep(call, { ...group, values: { ...group.values, ...values }, edition: nextEdition(group, Object.keys(values)) })
    return { DBParameterGroupName: group.name }
  },

  ResetDBParameterGroup({ DBParameterGroupName, ResetAllParameters, Parameters }, call) {
    const group = changeable(call, DBParameterGroupName)
    if (ResetAllParameters && Parameters?.length)
      throw new Refusal("InvalidParameterCombination", "Cannot name parameters and reset all of them.")
    const names = ResetAllParameters
      ? Object.keys(group.values)
      : given(Parameters, "parameters").map(({ ParameterName = "" }) => ParameterName)
    const values = Object.fromEntries(Object.entries(group.values).filter(([name]) => !names.includes(name)))
    keep(call, { ...group, values, edition: nextEdition(group, names) })
    return { DBParameterGroupName: group.name }
  },

  DeleteDBParameterGroup({ DBParameterGroupName }, call) {
    const { name } = changeable(call, DBParameterGroupName)
    const isUsed = instances(call)
      .all()
      .some((one) => isThere(one, call.now) && settingsAt(one, call.now).parameterGroup === name)
    if (isUsed)
      throw new Refusal(
        "InvalidDBParameterGroupState",
        "One or more database instances are still members of this parameter group " +
          `${name}, so the group cannot be deleted`,
      )
    parameterGroups(call).delete(name)
    return {}
  },
})

const families = [...new Set(versions.map(({ family }) => family))]

const changeable = (call: Call, name: string | undefined): ParameterGroupRecord => {
  const group = parameterGroupOf(call, name)
  if (group.name.startsWith("default."))
    throw new Refusal(
      "InvalidDBParameterGroupState",
      `The parameter group ${group.name} is a default and cannot be modified`,
    )
  return group
}

const nextEdition = ({ edition }: ParameterGroupRecord, names: readonly string[]): number =>
  names.some(isStatic) ? edition + 1 : edition

const keep = (call: Call, group: ParameterGroupRecord): ParameterGroupRecord => {
  parameterGroups(call).put(group.name, group)
  return group
}

const view = (call: Call, { name, family, description }: ParameterGroupRecord): rds.DBParameterGroup => ({
  DBParameterGroupName: name,
  DBParameterGroupFamily: family,
  Description: description,
  DBParameterGroupArn: arnOf(call, "pg", name),
})
