import type * as client from "@aws-sdk/client-elasticache"
import { type Call, handlers, Refusal } from "../../service.ts"
import { given } from "../given.ts"
import { families, isAllowed, type KnownParameter, parameters } from "./catalog.ts"
import { defaultGroups, parameterGroupOf } from "./lookup.ts"
import { pageOf } from "./pages.ts"
import {
  arnOf,
  badMix,
  badValue,
  caches,
  checkedId,
  living,
  type ParameterGroupRecord,
  parameterGroups,
  settingsAt,
} from "./records.ts"
import { withTags } from "./tags.ts"

export const parameterGroupHandlers = handlers<typeof client>()({
  CreateCacheParameterGroup({ CacheParameterGroupName, CacheParameterGroupFamily, Description, Tags }, call) {
    const id = checkedId(given(CacheParameterGroupName, "cacheParameterGroupName"), "CacheParameterGroupName", 255)
    const family = given(CacheParameterGroupFamily, "cacheParameterGroupFamily")
    if (!families.includes(family)) throw badValue(`CacheParameterGroupFamily ${family} is not a valid family.`)
    if (parameterGroups(call).has(id))
      throw new Refusal("CacheParameterGroupAlreadyExists", `Cache parameter group ${id} already exists.`)
    if (parameterGroups(call).all().length >= call.quota("Parameter groups per Region", 300))
      throw new Refusal("CacheParameterGroupQuotaExceeded", "The quota of cache parameter groups is reached.")
    const description = given(Description, "description")
    const group = keep(call, { id, family, description, values: {}, tags: withTags([], Tags) })
    return { CacheParameterGroup: view(call, group) }
  },

  DescribeCacheParameterGroups(input, call) {
    const { CacheParameterGroupName: name } = input
    const found =
      name === undefined ? [...defaultGroups(), ...parameterGroups(call).all()] : [parameterGroupOf(call, name)]
    const { items, Marker } = pageOf(found, ({ id }) => id, input)
    return { CacheParameterGroups: items.map((group) => view(call, group)), Marker }
  },

  DescribeCacheParameters(input, call) {
    const { values } = parameterGroupOf(call, input.CacheParameterGroupName)
    const all = parameters.map((known) => described(known, values[known.name]))
    const found = all.filter(({ Source }) => input.Source === undefined || Source === input.Source)
    const { items, Marker } = pageOf(found, ({ ParameterName = "" }) => ParameterName, input)
    return { Parameters: [...items], Marker }
  },

  ModifyCacheParameterGroup({ CacheParameterGroupName, ParameterNameValues = [] }, call) {
    const group = ownGroup(call, CacheParameterGroupName)
    if (ParameterNameValues.length > 20) throw badMix("At most 20 parameters can be modified in a single request.")
    const entries = ParameterNameValues.map(({ ParameterName, ParameterValue = "" }) => {
      const known = knownOf(ParameterName)
      if (isAllowed(known, ParameterValue)) return [known.name, ParameterValue] as const
      throw badValue(`The parameter value for ${known.name} is not valid: ${ParameterValue} (${known.allowed})`)
    })
    keep(call, { ...group, values: { ...group.values, ...Object.fromEntries(entries) } })
    return { CacheParameterGroupName: group.id }
  },

  ResetCacheParameterGroup({ CacheParameterGroupName, ResetAllParameters, ParameterNameValues = [] }, call) {
    const group = ownGroup(call, CacheParameterGroupName)
    const names = ParameterNameValues.map(({ ParameterName }) => knownOf(ParameterName).name)
    if (!ResetAllParameters && names.length === 0)
      throw badMix("Either all parameters or a list of them must be given.")
    const kept = Object.entries(group.values).filter(([name]) => !ResetAllParameters && !names.includes(name))
    keep(call, { ...group, values: Object.fromEntries(kept) })
    return { CacheParameterGroupName: group.id }
  },

  DeleteCacheParameterGroup({ CacheParameterGroupName }, call) {
    const group = ownGroup(call, CacheParameterGroupName)
    const user = living(call, caches(call)).find((cache) => settingsAt(cache, call.now).parameterGroup === group.id)
    if (user)
      throw new Refusal(
        "InvalidCacheParameterGroupState",
        `One or more cache clusters are still members of this parameter group ${group.id}, so the group cannot be deleted.`,
      )
    parameterGroups(call).delete(group.id)
    return {}
  },
})

const keep = (call: Call, group: ParameterGroupRecord): ParameterGroupRecord => {
  parameterGroups(call).put(group.id, group)
  return group
}

const ownGroup = (call: Call, name: string | undefined): ParameterGroupRecord => {
  const group = parameterGroupOf(call, name)
  if (!group.id.startsWith("default.")) return group
  throw badValue(`The parameter group ${group.id} is a default one, which cannot be changed or deleted.`)
}

const knownOf = (name: string | undefined): KnownParameter => {
  const known = parameters.find((one) => one.name === name)
  if (!known) throw badValue(`Could not find parameter with name: ${name}`)
  if (known.fixed) throw badValue(`The parameter ${name} cannot be modified.`)
  return known
}

const described = (known: KnownParameter, set: string | undefined): client.Parameter => ({
  ParameterName: known.name,
  ParameterValue: set ?? known.usual,
  Source: set === undefined ? "system" : "user",
  DataType: known.type,
  AllowedValues: known.allowed,
  IsModifiable: known.fixed === undefined,
  ChangeType: "immediate",
})

const view = (call: Call, group: ParameterGroupRecord): client.CacheParameterGroup => ({
  CacheParameterGroupName: group.id,
  CacheParameterGroupFamily: group.family,
  Description: group.description,
  IsGlobal: false,
  ARN: arnOf(call, "parametergroup", group.id),
})
