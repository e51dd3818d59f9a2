import * as SSM from "@aws-sdk/client-ssm"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type InProcess, inProcess } from "../../../../src/sandbox/in-process.ts"
import { ssm } from "../../../../src/sandbox/services/ssm/index.ts"
import { clientsOf } from "../../tiny.ts"

let sandbox: InProcess
let client: SSM.SSMClient

beforeAll(async () => {
  sandbox = await inProcess({ services: [ssm], speed: 1000 })
  client = clientsOf(sandbox.connection).ssm
})

afterAll(async () => {
  client.destroy()
  await sandbox.close()
})

test("a choice, made, read, changed and taken away by the SDK's own client", async () => {
  const Name = "/smart0dte/poc/choices/zones"
  const Tags = [{ Key: "smart0dte:scope", Value: "poc" }]
  await client.send(new SSM.PutParameterCommand({ Name, Type: "StringList", Value: "us-east-1a,us-east-1b", Tags }))
  const put = new SSM.PutParameterCommand({ Name, Value: "us-east-1c", Overwrite: true })
  expect(await client.send(put)).toMatchObject({ Version: 2, Tier: "Standard" })
  const { Parameter } = await client.send(new SSM.GetParameterCommand({ Name }))
  expect(Parameter).toMatchObject({ Value: "us-east-1c", LastModifiedDate: expect.any(Date) })
  const tags = new SSM.ListTagsForResourceCommand({ ResourceType: "Parameter", ResourceId: Name })
  expect((await client.send(tags)).TagList).toEqual(Tags)
  await client.send(new SSM.DeleteParameterCommand({ Name }))
  await expect(client.send(new SSM.GetParameterCommand({ Name }))).rejects.toBeInstanceOf(SSM.ParameterNotFound)
})

const put = (more: object) =>
  client.send(new SSM.PutParameterCommand({ Name: "/a", Type: "String", Value: "x", ...more }))

test.each<[string, string, () => Promise<unknown>]>([
  [
    "ParameterAlreadyExists",
    "overwrite",
    async () => {
      await put({ Name: "/twice" })
      await put({ Name: "/twice" })
    },
  ],
  ["ParameterPatternMismatchException", "allowedPattern", () => put({ AllowedPattern: "^\\d$" })],
  ["InvalidAllowedPatternException", "regular expression", () => put({ AllowedPattern: "(" })],
  ["HierarchyLevelLimitExceededException", "levels", () => put({ Name: "/a".repeat(16) })],
  ["AccessDeniedException", "reserved", () => put({ Name: "/aws/a" })],
  ["ValidationException", "value set: [Standard, Advanced", () => put({ Tier: "Gold" })],
  [
    "InvalidFilterValue",
    "Type",
    () => client.send(new SSM.DescribeParametersCommand({ ParameterFilters: [{ Key: "Type" }] })),
  ],
  [
    "ValidationException",
    "less than or equal to 10",
    () => client.send(new SSM.GetParametersByPathCommand({ Path: "/", MaxResults: 11 })),
  ],
])("%s arrives under its own name", async (name, says, send) => {
  await expect(send()).rejects.toMatchObject({
    name,
    message: expect.stringContaining(says),
    $metadata: { httpStatusCode: 400 },
  })
})

test("the SDK's paginator walks through all pages", async () => {
  for (let i = 0; i < 12; i += 1) await put({ Name: `/paged/${String(i).padStart(2, "0")}` })
  const names: (string | undefined)[] = []
  for await (const page of SSM.paginateGetParametersByPath({ client }, { Path: "/paged" })) {
    names.push(...(page.Parameters ?? []).map(({ Name }) => Name))
  }
  expect(names).toHaveLength(12)
  expect(new Set(names).size).toBe(12)
})
