import { expect, test } from "vitest"
import type { Call } from "../../../../src/sandbox/service.ts"
import { secretsmanager } from "../../../../src/sandbox/services/secretsmanager/index.ts"
import { dropManagedSecret, makeManagedSecret } from "../../../../src/sandbox/services/secretsmanager/managed.ts"
import { openStore } from "../../../../src/sandbox/store.ts"

const callOn = (): Call => {
  const draft = openStore({ account: "111122223333", sequence: 0, tables: new Map() }).open(0)
  return {
    store: draft,
    now: 0,
    account: "111122223333",
    region: "us-east-1",
    partition: "aws",
    callerArn: "arn:aws:iam::111122223333:user/tester",
    requestId: "request",
    happened: () => [],
    id: (prefix) => `${prefix}-0${draft.nextNumber().toString(16).padStart(16, "0")}`,
    fault: () => false,
    quota: (_, usual) => usual,
  }
}

const wish = { owner: "rds", name: "db-1", description: "of a database", tags: [], username: "postgres" }

test("a secret that another service keeps is read by all, and changed and taken away by that service alone", () => {
  const call = callOn()
  const { ARN, Name } = makeManagedSecret(call, wish)
  expect(Name).toBe("rds!db-1")
  // Handlers are found by name, and each takes its own input.
  const ask = (operation: string, input: object) => secretsmanager.handlers[operation]?.(input as never, call)
  const { SecretString } = ask("GetSecretValue", { SecretId: ARN }) as { SecretString: string }
  expect(JSON.parse(SecretString)).toEqual({
    username: "postgres",
    password: expect.stringMatching(/^[A-Za-z0-9]{28}$/),
  })
  const ClientRequestToken = "t".repeat(32)
  expect(() => ask("PutSecretValue", { SecretId: ARN, SecretString: "x", ClientRequestToken })).toThrow(
    "managed by rds",
  )
  expect(() => ask("UpdateSecret", { SecretId: ARN, Description: "x", ClientRequestToken })).toThrow("managed by rds")
  expect(() => ask("DeleteSecret", { SecretId: ARN })).toThrow("managed by rds")
  expect(ask("ListSecrets", { Filters: [{ Key: "owning-service", Values: ["rds"] }] })).toMatchObject({
    SecretList: [{ Name: "rds!db-1", OwningService: "rds" }],
  })
  dropManagedSecret(call, ARN)
  expect(() => ask("DescribeSecret", { SecretId: ARN })).toThrow("can't find")
})
