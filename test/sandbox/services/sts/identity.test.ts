import { GetCallerIdentityCommand } from "@aws-sdk/client-sts"
import { expect, test } from "vitest"
import { inProcess } from "../../../../src/sandbox/in-process.ts"
import { sts } from "../../../../src/sandbox/services/sts/index.ts"
import { clientsOf } from "../../tiny.ts"

test("whoever asks learns the account, and who they are in it", async () => {
  const sandbox = await inProcess({ services: [sts], account: "444455556666" })
  const client = clientsOf(sandbox.connection).sts
  try {
    const { $metadata, ...identity } = await client.send(new GetCallerIdentityCommand({}))
    expect($metadata.httpStatusCode).toBe(200)
    expect(identity).toEqual({
      Account: "444455556666",
      Arn: "arn:aws:iam::444455556666:user/sandbox",
      UserId: expect.stringMatching(/^AIDA[A-Z2-7]{17}$/),
    })
  } finally {
    client.destroy()
    await sandbox.close()
  }
})

test("any number of questions within AWS's quota is answered", () => {
  expect(sts.limits).toEqual([[/^/, 600, 600]])
})
