import { CreateUserCommand, GetUserPolicyCommand } from "@aws-sdk/client-iam"
import { afterAll, beforeAll, expect, test } from "vitest"
import { denyOlderSessions } from "../../../src/aws/iam/older-sessions.ts"
import { type Sandboxed, sandboxed } from "../sandboxed.ts"

let aws: Sandboxed
beforeAll(async () => {
  aws = await sandboxed(600)
})
afterAll(() => aws.close())

test.each([
  ["in the middle of a second", "2026-11-21T12:00:00.700Z", "2026-11-21T12:00:31Z"],
  ["as one begins", "2026-11-21T12:00:00.000Z", "2026-11-21T12:00:31Z"],
])("a session of the half minute in which AWS hears of it has begun before, %s", async (UserName, now, until) => {
  const { iam } = await aws.open()
  const name = UserName.replaceAll(" ", "-")
  await iam.send(new CreateUserCommand({ UserName: name }))
  expect(await denyOlderSessions({ iam }, { type: "user", name }, new Date(now))).toBe(until)
  const asked = new GetUserPolicyCommand({ UserName: name, PolicyName: "no-older-sessions" })
  const { PolicyDocument = "" } = await iam.send(asked)
  const { Statement } = JSON.parse(decodeURIComponent(PolicyDocument))
  expect(Statement).toEqual([
    expect.objectContaining({ Effect: "Deny", Condition: { DateLessThan: { "aws:TokenIssueTime": until } } }),
  ])
})
