import {
  AddRoleToInstanceProfileCommand,
  CreateInstanceProfileCommand,
  CreateRoleCommand,
  RemoveRoleFromInstanceProfileCommand,
} from "@aws-sdk/client-iam"
import { describe, expect, it } from "vitest"
import { instanceProfile } from "../../src/steps/instance-profile.ts"
import { role } from "../../src/steps/role.ts"
import trust from "../../src/templates/ec2-trust.json" with { type: "json" }
import { bench } from "./bench.ts"
import { seesAndRepairs } from "./tamper.ts"

const on = bench()
const scope = "poc"
const own = role({ scope, name: "node", trust, inline: {} })
const profile = instanceProfile({ scope, name: "node", role: own })
const InstanceProfileName = "smart0dte-poc-node"

describe("an instance profile", () => {
  it("holds the role", async () => {
    await on.make(profile)
    expect(await on.live(profile)).toEqual({
      profileName: InstanceProfileName,
      profileId: expect.stringMatching(/^AIPA/),
      path: "/smart0dte/poc/",
      roleName: "smart0dte-poc-node",
    })
  })

  seesAndRepairs(
    on,
    () => profile,
    {
      roleName: (cloud, { roleName }) =>
        cloud.iam.send(new RemoveRoleFromInstanceProfileCommand({ InstanceProfileName, RoleName: roleName })),
    },
    ["profileName", "path"],
  )

  it("lets go of a foreign role", async () => {
    const AssumeRolePolicyDocument = JSON.stringify(trust)
    const { iam } = on.cloud
    await iam.send(new CreateRoleCommand({ RoleName: "admin", AssumeRolePolicyDocument }))
    await iam.send(new RemoveRoleFromInstanceProfileCommand({ InstanceProfileName, RoleName: "smart0dte-poc-node" }))
    await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName, RoleName: "admin" }))
    expect((await on.see(profile)).changes).toMatchObject([{ field: "roleName", live: "admin" }])
    await on.make(profile)
    expect((await on.live(profile)).roleName).toBe("smart0dte-poc-node")
  })

  it("goes, and the role after it", async () => {
    await on.unmake(false, profile)
    expect([(await on.see(profile)).state, (await on.see(own)).state]).toEqual(["missing", "missing"])
  })

  it("stops before a foreign one of its name", async () => {
    await on.cloud.iam.send(new CreateInstanceProfileCommand({ InstanceProfileName }))
    expect(await on.see(profile)).toMatchObject({ state: "blocked", because: expect.stringContaining("not ours") })
  })
})
