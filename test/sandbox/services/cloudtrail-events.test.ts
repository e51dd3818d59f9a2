import { LookupEventsCommand } from "@aws-sdk/client-cloudtrail"
import { CreateUserCommand, GetUserCommand } from "@aws-sdk/client-iam"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import type { Session } from "../../../src/aws/clients.ts"
import { type Sandboxed, sandboxed } from "../../aws/sandboxed.ts"

let aws: Sandboxed
let session: Session
beforeEach(async () => {
  aws = await sandboxed(60)
  session = await aws.open()
  await session.iam.send(new CreateUserCommand({ UserName: "one" }))
  await session.iam.send(new CreateUserCommand({ UserName: "one" })).catch(() => undefined)
  await session.iam.send(new GetUserCommand({ UserName: "one" }))
})
afterEach(() => aws.close())

const by = (AttributeKey: "AccessKeyId" | "EventName" | "Username", AttributeValue: string) => ({
  LookupAttributes: [{ AttributeKey, AttributeValue }],
})
const lookUp = (input: object) => session.cloudtrail.send(new LookupEventsCommand(input))

describe("LookupEvents of the sandbox", () => {
  it("tells who did what, newest first, and what was refused", async () => {
    const { accessKeyId } = aws.sandbox.connection
    const { Events = [] } = await lookUp(by("AccessKeyId", accessKeyId))
    const names = Events.map(({ EventName }) => EventName)
    expect(names.slice(0, 3)).toEqual(["GetUser", "CreateUser", "CreateUser"])
    const [, refused, done] = Events.map(({ CloudTrailEvent = "{}" }) => JSON.parse(CloudTrailEvent))
    expect(refused).toMatchObject({ errorCode: expect.stringContaining("EntityAlreadyExists") })
    expect(done).toMatchObject({ eventSource: "iam.amazonaws.com", requestParameters: { userName: "one" } })
    expect(done.errorCode).toBeUndefined()
    expect((await lookUp(by("AccessKeyId", "AKIANOBODY"))).Events).toEqual([])
  })

  it("turns pages, and takes no token that it never gave", async () => {
    const first = await lookUp({ ...by("EventName", "CreateUser"), MaxResults: 1 })
    const next = await lookUp({ ...by("EventName", "CreateUser"), MaxResults: 1, NextToken: first.NextToken })
    expect([first, next].map(({ Events }) => Events?.length)).toEqual([1, 1])
    expect(next.Events?.[0]?.EventId).not.toBe(first.Events?.[0]?.EventId)
    expect(next.NextToken).toBeUndefined()
    await expect(lookUp({ NextToken: "bm9uZQ==" })).rejects.toThrow(/token/i)
  })

  it("refuses two attributes, a time that ends before it begins, and what it does not serve", async () => {
    const two = [...by("EventName", "a").LookupAttributes, ...by("EventName", "b").LookupAttributes]
    await expect(lookUp({ LookupAttributes: two })).rejects.toThrow("only one item")
    const [StartTime, EndTime] = [new Date(), new Date(Date.now() - 60_000)]
    await expect(lookUp({ StartTime, EndTime })).rejects.toThrow("before the end time")
    await expect(lookUp(by("Username", "x"))).rejects.toThrow("NotImplemented")
  })
})
