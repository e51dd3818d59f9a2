import * as Client from "@aws-sdk/client-secrets-manager"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type InProcess, inProcess } from "../../../../src/sandbox/in-process.ts"
import { admin } from "../../../../src/sandbox/remote.ts"
import { secretsmanager } from "../../../../src/sandbox/services/secretsmanager/index.ts"

const canary = "canary-5f0c7e"

let sandbox: InProcess
let client: Client.SecretsManagerClient

beforeAll(async () => {
  sandbox = await inProcess({ services: [secretsmanager], speed: 1000 })
  const { accessKeyId, secretAccessKey, region, url: endpoint } = sandbox.connection
  client = new Client.SecretsManagerClient({ endpoint, region, credentials: { accessKeyId, secretAccessKey } })
})

afterAll(async () => {
  client.destroy()
  await sandbox.close()
})

test("a secret, made, read, changed and taken away by the SDK's own client", async () => {
  const Name = "smart0dte/poc/smart-0dte/keys"
  const Tags = [{ Key: "smart0dte:line:POLYGON_API_KEY", Value: "unset" }]
  const { ARN } = await client.send(new Client.CreateSecretCommand({ Name, SecretString: "A=unset", Tags }))
  await client.send(new Client.PutSecretValueCommand({ SecretId: Name, SecretString: "A=b" }))
  const read = await client.send(new Client.GetSecretValueCommand({ SecretId: ARN }))
  expect(read).toMatchObject({ Name, SecretString: "A=b", CreatedDate: expect.any(Date) })
  const list = new Client.ListSecretsCommand({ Filters: [{ Key: "name", Values: ["smart0dte/poc/"] }] })
  expect((await client.send(list)).SecretList).toMatchObject([{ Name, Tags, LastChangedDate: expect.any(Date) }])
  await client.send(new Client.DeleteSecretCommand({ SecretId: Name }))
  await expect(client.send(new Client.GetSecretValueCommand({ SecretId: Name }))).rejects.toBeInstanceOf(
    Client.InvalidRequestException,
  )
})

test("no value is in the trace, nor in what is said of a value that cannot be", async () => {
  const Name = "app/canary"
  await client.send(new Client.CreateSecretCommand({ Name, SecretString: `${canary}-1` }))
  await client.send(new Client.PutSecretValueCommand({ SecretId: Name, SecretString: `${canary}-2` }))
  await client.send(new Client.UpdateSecretCommand({ SecretId: Name, SecretString: `${canary}-3` }))
  await client.send(new Client.GetSecretValueCommand({ SecretId: Name }))
  const long = new Client.PutSecretValueCommand({ SecretId: Name, SecretString: canary.repeat(9000) })
  await expect(client.send(long)).rejects.toMatchObject({
    name: "ValidationException",
    message: expect.stringMatching(/^1 validation error detected: Value at 'secretString' failed/),
  })
  const again = new Client.CreateSecretCommand({ Name, SecretString: `${canary}-4` })
  await expect(client.send(again)).rejects.toMatchObject({
    name: "ResourceExistsException",
    message: expect.not.stringContaining(canary),
  })
  const trace = await admin(sandbox.connection).trace()
  expect(
    trace.findLast(({ operation, status }) => operation === "PutSecretValue" && status === 200)?.input,
  ).toMatchObject({ SecretId: Name, SecretString: "(sensitive)" })
  expect(JSON.stringify(trace)).not.toContain(canary)
})
