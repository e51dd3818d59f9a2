import { describe, expect, test } from "vitest"
import { ground, joined, trust } from "./ground.ts"

describe("an instance profile", () => {
  test("holds one role, and shows it whole", () => {
    const aws = joined(ground())
    const { InstanceProfile } = aws.run("GetInstanceProfile", { InstanceProfileName: "node" })
    expect(InstanceProfile).toMatchObject({
      Arn: "arn:aws:iam::111122223333:instance-profile/smart0dte/poc/node",
      InstanceProfileId: expect.stringMatching(/^AIPA[A-Z2-7]{17}$/),
      Roles: [{ RoleName: "node", AssumeRolePolicyDocument: encodeURIComponent(trust) }],
      Tags: [],
    })
  })

  test("gives its role up, and takes another", () => {
    const aws = joined(ground())
    aws.run("CreateRole", { RoleName: "other", AssumeRolePolicyDocument: trust })
    aws.run("RemoveRoleFromInstanceProfile", { InstanceProfileName: "node", RoleName: "node" })
    expect(aws.run("ListInstanceProfilesForRole", { RoleName: "node" }).InstanceProfiles).toEqual([])
    aws.run("AddRoleToInstanceProfile", { InstanceProfileName: "node", RoleName: "other" })
    const held = aws.run("ListInstanceProfilesForRole", { RoleName: "other" }).InstanceProfiles
    expect(held).toMatchObject([{ InstanceProfileName: "node", Roles: [{ RoleName: "other" }] }])
  })

  test("is listed by path, without tags", () => {
    const aws = ground()
    const Tags = [{ Key: "a", Value: "b" }]
    const made = aws.run("CreateInstanceProfile", { InstanceProfileName: "plain", Tags })
    expect(made.InstanceProfile?.Tags).toEqual(Tags)
    const all = aws.run("ListInstanceProfiles", {}).InstanceProfiles ?? []
    expect(all.map((profile) => profile.InstanceProfileName)).toEqual(["node", "plain"])
    for (const profile of all) expect(profile).not.toHaveProperty("Tags")
    const under = aws.run("ListInstanceProfiles", { PathPrefix: "/smart0dte/poc/" }).InstanceProfiles
    expect(under).toMatchObject([{ InstanceProfileName: "node" }])
  })

  test("goes when it is empty, and its name is free again", () => {
    const aws = joined(ground())
    aws.run("RemoveRoleFromInstanceProfile", { InstanceProfileName: "node", RoleName: "node" })
    aws.run("DeleteInstanceProfile", { InstanceProfileName: "node" })
    expect(aws.refused("GetInstanceProfile", { InstanceProfileName: "node" })).toMatch(/^NoSuchEntityException/)
    expect(aws.refused("CreateInstanceProfile", { InstanceProfileName: "node" })).toBe("not refused")
  })
})

describe("tags", () => {
  test("of one key in other letters are one, on roles and profiles", () => {
    const aws = ground()
    const first = [
      { Key: "Scope", Value: "poc" },
      { Key: "owner", Value: "me" },
    ]
    aws.run("TagRole", { RoleName: "node", Tags: first })
    aws.run("TagRole", { RoleName: "node", Tags: [{ Key: "scope", Value: "dev" }] })
    expect(aws.run("ListRoleTags", { RoleName: "node" }).Tags).toEqual([
      { Key: "owner", Value: "me" },
      { Key: "scope", Value: "dev" },
    ])
    aws.run("UntagRole", { RoleName: "node", TagKeys: ["SCOPE", "nothing"] })
    expect(aws.run("ListRoleTags", { RoleName: "node" }).Tags).toEqual([{ Key: "owner", Value: "me" }])
    aws.run("TagInstanceProfile", { InstanceProfileName: "node", Tags: first })
    aws.run("UntagInstanceProfile", { InstanceProfileName: "node", TagKeys: ["owner"] })
    const left = aws.run("ListInstanceProfileTags", { InstanceProfileName: "node" }).Tags
    expect(left).toEqual([{ Key: "Scope", Value: "poc" }])
  })

  test("come in pages, by their keys", () => {
    const aws = ground()
    const Tags = ["c", "a", "b"].map((Key) => ({ Key, Value: Key }))
    aws.run("TagRole", { RoleName: "node", Tags })
    const first = aws.run("ListRoleTags", { RoleName: "node", MaxItems: 2 })
    expect(first).toMatchObject({ IsTruncated: true, Tags: [{ Key: "a" }, { Key: "b" }] })
    const second = aws.run("ListRoleTags", { RoleName: "node", Marker: first.Marker })
    expect(second).toEqual({ IsTruncated: false, Tags: [{ Key: "c", Value: "c" }] })
  })
})
