import * as IAM from "@aws-sdk/client-iam"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type InProcess, inProcess } from "../../../../src/sandbox/in-process.ts"
import { iam } from "../../../../src/sandbox/services/iam/index.ts"
import { clientsOf } from "../../tiny.ts"
import { allow, core, trust } from "./ground.ts"

let sandbox: InProcess
let client: IAM.IAMClient

beforeAll(async () => {
  sandbox = await inProcess({ services: [iam], speed: 1000 })
  client = clientsOf(sandbox.connection).iam
})

afterAll(async () => {
  client.destroy()
  await sandbox.close()
})

const RoleName = "node"
const InstanceProfileName = "node"

test("a node's role and profile, made, read and taken down by the SDK's own client", async () => {
  const Tags = [{ Key: "smart0dte:scope", Value: "poc" }]
  const made = await client.send(
    new IAM.CreateRoleCommand({ RoleName, Path: "/smart0dte/poc/", AssumeRolePolicyDocument: trust, Tags }),
  )
  expect(made.Role).toMatchObject({ RoleName, Tags, CreateDate: expect.any(Date) })
  expect(decodeURIComponent(made.Role?.AssumeRolePolicyDocument ?? "")).toBe(trust)
  await client.send(new IAM.AttachRolePolicyCommand({ RoleName, PolicyArn: core }))
  await client.send(new IAM.PutRolePolicyCommand({ RoleName, PolicyName: "own", PolicyDocument: allow() }))
  await client.send(new IAM.CreateInstanceProfileCommand({ InstanceProfileName }))
  await client.send(new IAM.AddRoleToInstanceProfileCommand({ InstanceProfileName, RoleName }))
  const held = await client.send(new IAM.ListInstanceProfilesForRoleCommand({ RoleName }))
  expect(held.InstanceProfiles).toMatchObject([{ InstanceProfileName, Roles: [{ RoleName }] }])
  const own = await client.send(new IAM.GetRolePolicyCommand({ RoleName, PolicyName: "own" }))
  expect(decodeURIComponent(own.PolicyDocument ?? "")).toBe(allow())

  await expect(client.send(new IAM.DeleteRoleCommand({ RoleName }))).rejects.toMatchObject({
    name: "DeleteConflictException",
    message: "Cannot delete entity, must remove roles from instance profile first.",
    $metadata: { httpStatusCode: 409 },
  })
  await client.send(new IAM.RemoveRoleFromInstanceProfileCommand({ InstanceProfileName, RoleName }))
  await client.send(new IAM.DeleteInstanceProfileCommand({ InstanceProfileName }))
  await client.send(new IAM.DetachRolePolicyCommand({ RoleName, PolicyArn: core }))
  await client.send(new IAM.DeleteRolePolicyCommand({ RoleName, PolicyName: "own" }))
  await client.send(new IAM.DeleteRoleCommand({ RoleName }))
  await expect(client.send(new IAM.GetRoleCommand({ RoleName }))).rejects.toBeInstanceOf(IAM.NoSuchEntityException)
})

test.each<[string, number, () => Promise<unknown>]>([
  [
    "EntityAlreadyExistsException",
    409,
    async () => {
      const again = new IAM.CreateInstanceProfileCommand({ InstanceProfileName: "twice" })
      await client.send(again)
      await client.send(again)
    },
  ],
  [
    "MalformedPolicyDocumentException",
    400,
    () => client.send(new IAM.CreateRoleCommand({ RoleName: "r", AssumeRolePolicyDocument: "{" })),
  ],
  [
    "InvalidInputException",
    400,
    () =>
      client.send(
        new IAM.CreateInstanceProfileCommand({ InstanceProfileName: "t", Tags: [{ Key: "aws:x", Value: "" }] }),
      ),
  ],
  [
    "LimitExceededException",
    409,
    () => {
      const AssumeRolePolicyDocument = trust.replace("{", `{"Id":"${"i".repeat(2048)}",`)
      return client.send(new IAM.CreateRoleCommand({ RoleName: "r", AssumeRolePolicyDocument }))
    },
  ],
  [
    "ValidationError",
    400,
    () => client.send(new IAM.CreateRoleCommand({ RoleName: "a b", AssumeRolePolicyDocument: trust })),
  ],
])("%s arrives under its own name", async (name, httpStatusCode, send) => {
  await expect(send()).rejects.toMatchObject({ name, $metadata: { httpStatusCode } })
})

test("the SDK's paginator walks through all pages", async () => {
  for (let i = 0; i < 5; i += 1) {
    const role = { RoleName: `paged-${i}`, Path: "/paged/", AssumeRolePolicyDocument: trust }
    await client.send(new IAM.CreateRoleCommand(role))
  }
  const names: (string | undefined)[] = []
  for await (const page of IAM.paginateListRoles({ client, pageSize: 2 }, { PathPrefix: "/paged/" })) {
    names.push(...(page.Roles ?? []).map((role) => role.RoleName))
  }
  expect(names).toEqual(["paged-0", "paged-1", "paged-2", "paged-3", "paged-4"])
})
