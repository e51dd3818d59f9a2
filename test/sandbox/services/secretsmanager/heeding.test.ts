import { expect, test } from "vitest"
import { secretsmanager } from "../../../../src/sandbox/services/secretsmanager/index.ts"
import { unheeded } from "../heeding.ts"
import { type Ground, ground, token } from "./ground.ts"

const SecretId = "app/password"
const fresh = { ClientRequestToken: token("fresh"), SecretString: "x" }
const Tags = [{ Key: "a", Value: "b" }]
const ResourcePolicy = JSON.stringify({ Statement: { Effect: "Allow", Action: "*", Principal: "*", Resource: "*" } })

const goesThrough: readonly (readonly [Parameters<Ground["run"]>[0], object])[] = [
  ["CreateSecret", { Name: "app/new", ...fresh, Tags }],
  ["DeleteResourcePolicy", { SecretId }],
  ["DeleteSecret", { SecretId }],
  ["DescribeSecret", { SecretId }],
  ["GetRandomPassword", {}],
  ["GetResourcePolicy", { SecretId }],
  ["GetSecretValue", { SecretId }],
  ["ListSecrets", { Filters: [{ Key: "name", Values: ["app"] }] }],
  ["PutResourcePolicy", { SecretId, ResourcePolicy }],
  ["PutSecretValue", { SecretId, ...fresh }],
  ["RestoreSecret", { SecretId: "app/leaving" }],
  ["TagResource", { SecretId, Tags }],
  ["UntagResource", { SecretId, TagKeys: ["scope"] }],
  ["UpdateSecret", { SecretId, ...fresh }],
]

test.each(goesThrough)("%s heeds all that a caller can say", (name, input) => {
  const aws = ground()
  // One operation's input after another: their types have nothing in common.
  expect(unheeded(secretsmanager, name, input, (watched) => aws.run(name, watched as never))).toEqual([])
})

test("every operation that is served is among them, and has AWS's limit", () => {
  expect(goesThrough.map(([name]) => name)).toEqual(Object.keys(secretsmanager.handlers).sort())
  const limitOf = (name: string) => secretsmanager.limits.find(([pattern]) => pattern.test(name))?.slice(1)
  expect(limitOf("GetSecretValue")).toEqual([10_000, 10_000])
  expect(limitOf("CreateSecret")).toEqual([50, 50])
})
