import { afterAll, beforeAll, expect, it } from "vitest"
import { operationOf } from "../../../src/aws/calls/operation.ts"
import type { Session } from "../../../src/aws/clients.ts"
import { actionOf } from "../../../src/aws/failures/action.ts"
import { authorizationOf } from "../../../src/sandbox/authorization/index.ts"
import type { Ask } from "../../../src/sandbox/authorization/needs.ts"
import { services } from "../../../src/sandbox/services/index.ts"
import { type Sandboxed, sandboxed } from "../sandboxed.ts"

let aws: Sandboxed
let session: Session
beforeAll(async () => {
  aws = await sandboxed()
  session = await aws.open()
})
afterAll(() => aws.close())

interface Client {
  readonly config: { readonly defaultSigningName: string }
}

const isClient = (value: unknown): value is Client =>
  typeof value === "object" && value !== null && "middlewareStack" in value

it("is asked for by its name in IAM, of every client and each of its operations", () => {
  const clients = Object.values(session).filter(isClient)
  const named = clients.map((client) => ({ client, clientName: client.constructor.name }))
  expect(named.length).toBeGreaterThan(25)
  const wrong = named.flatMap(({ client, clientName }) => {
    // The two of S3 sign by one name.
    const signingName = clientName === "S3ControlClient" ? "s3control" : client.config.defaultSigningName
    const served = services().find((service) => service.signingName === signingName)
    expect(served, clientName).toBeDefined()
    return Object.keys(served?.handlers ?? {}).flatMap((commandName) => {
      const action = actionOf(operationOf({ clientName, commandName: `${commandName}Command` }))
      const wanted = actionsFor(signingName, commandName)
      return wanted.includes(action) ? [] : [`${clientName} ${commandName}: ${action}, and not ${wanted.join()}`]
    })
  })
  expect(wrong).toEqual([])
})

/** What the sandbox wants of whoever asks, after AWS's own reference. */
function actionsFor(signingName: string, operation: string): readonly string[] {
  const { row, prefix } = authorizationOf(signingName, operation)
  const usual = `${prefix}:${operation}`
  // Elsewhere a row needs a whole request to be read, and an action is called as its operation is.
  if (!["budgets", "s3", "s3control"].includes(signingName)) return [usual]
  const input = { Bucket: "b", Key: "k", Delete: { Objects: [{ Key: "k" }] } }
  const call = { partition: "aws", account: "111122223333", region: "us-east-1" } as Ask["call"]
  const wanted = row({ call, operation, service: prefix, input })
  return wanted.map(({ action }) => action)
}
