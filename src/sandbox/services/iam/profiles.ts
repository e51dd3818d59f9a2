import type * as Iam from "@aws-sdk/client-iam"
import { type Call, handlers, Refusal } from "../../service.ts"
import { given } from "../given.ts"
import { pageOf } from "./pages.ts"
import {
  type InstanceProfileRecord,
  missing,
  overQuota,
  profileOf,
  profiles,
  refuseTaken,
  roleOf,
  roles,
  uniqueId,
} from "./records.ts"
import { roleView } from "./roles.ts"
import { withoutTags, withTags } from "./tags.ts"

export const profileHandlers = handlers<typeof Iam>()({
  CreateInstanceProfile: (input, call) => {
    const name = given(input.InstanceProfileName, "instanceProfileName")
    const known = profiles(call).all()
    const taken = known.map((profile) => profile.InstanceProfileName)
    refuseTaken(taken, name, `Instance Profile ${name} already exists.`)
    const limit = call.quota("InstanceProfilesPerAccount", 1000)
    if (known.length >= limit) overQuota("InstanceProfilesPerAccount", limit)
    const path = input.Path ?? "/"
    const profile: InstanceProfileRecord = {
      InstanceProfileName: name,
      InstanceProfileId: uniqueId(call, "AIPA"),
      Arn: `arn:${call.partition}:iam::${call.account}:instance-profile${path}${name}`,
      Path: path,
      CreateDate: call.now,
      Roles: [],
      Tags: withTags([], input.Tags),
    }
    profiles(call).put(name, profile)
    const tags = profile.Tags.length > 0 ? { Tags: [...profile.Tags] } : {}
    return { InstanceProfile: { ...profileView(profile, call), ...tags } }
  },

  GetInstanceProfile: (input, call) => {
    const profile = profileOf(call, input.InstanceProfileName)
    return { InstanceProfile: { ...profileView(profile, call), Tags: [...profile.Tags] } }
  },

  ListInstanceProfiles: (input, call) => {
    const under = profiles(call)
      .all()
      .filter((profile) => profile.Path.startsWith(input.PathPrefix ?? "/"))
    return listed(under, input, call)
  },

  ListInstanceProfilesForRole: (input, call) => {
    const { RoleName } = roleOf(call, input.RoleName)
    const holding = profiles(call)
      .all()
      .filter((profile) => profile.Roles.includes(RoleName))
    return listed(holding, input, call)
  },

  DeleteInstanceProfile: (input, call) => {
    const profile = profileOf(call, input.InstanceProfileName)
    if (profile.Roles.length > 0) {
      const message = "Cannot delete entity, must remove roles from instance profile first."
      throw new Refusal("DeleteConflictException", message, 409)
    }
    profiles(call).delete(profile.InstanceProfileName)
    return {}
  },

  AddRoleToInstanceProfile: (input, call) => {
    const profile = profileOf(call, input.InstanceProfileName)
    const { RoleName } = roleOf(call, input.RoleName)
    // One role is the limit, and adding the same one again runs into it too.
    if (profile.Roles.length > 0) overQuota("InstanceSessionsPerInstanceProfile", 1)
    profiles(call).put(profile.InstanceProfileName, { ...profile, Roles: [RoleName] })
    return {}
  },

  RemoveRoleFromInstanceProfile: (input, call) => {
    const profile = profileOf(call, input.InstanceProfileName)
    const { RoleName } = roleOf(call, input.RoleName)
    if (!profile.Roles.includes(RoleName)) {
      missing(`Role ${RoleName} in Instance Profile ${profile.InstanceProfileName} cannot be found.`)
    }
    profiles(call).put(profile.InstanceProfileName, { ...profile, Roles: [] })
    return {}
  },

  TagInstanceProfile: (input, call) => {
    const profile = profileOf(call, input.InstanceProfileName)
    profiles(call).put(profile.InstanceProfileName, { ...profile, Tags: withTags(profile.Tags, input.Tags) })
    return {}
  },

  UntagInstanceProfile: (input, call) => {
    const profile = profileOf(call, input.InstanceProfileName)
    profiles(call).put(profile.InstanceProfileName, { ...profile, Tags: withoutTags(profile.Tags, input.TagKeys) })
    return {}
  },

  ListInstanceProfileTags: (input, call) => {
    const { items, paging } = pageOf(profileOf(call, input.InstanceProfileName).Tags, (tag) => tag.Key, input)
    return { Tags: items, ...paging }
  },
})

const listed = (all: readonly InstanceProfileRecord[], wish: Parameters<typeof pageOf>[2], call: Call) => {
  const { items, paging } = pageOf(all, (profile) => profile.InstanceProfileName, wish)
  return { InstanceProfiles: items.map((profile) => profileView(profile, call)), ...paging }
}

const profileView = (profile: InstanceProfileRecord, call: Call) => ({
  InstanceProfileName: profile.InstanceProfileName,
  InstanceProfileId: profile.InstanceProfileId,
  Arn: profile.Arn,
  Path: profile.Path,
  CreateDate: new Date(profile.CreateDate),
  Roles: profile.Roles.flatMap((name) => roles(call).get(name) ?? []).map(roleView),
})
