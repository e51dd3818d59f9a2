import { DescribeVpcsCommand } from "@aws-sdk/client-ec2"
import type { RetryErrorInfo } from "@smithy/types"
import { afterEach, beforeEach, expect, it } from "vitest"
import { retryStrategy } from "../../../src/aws/calls/retry.ts"
import { OutcomeUnknown } from "../../../src/errors.ts"
import { impatient, type Sandboxed, sandboxed } from "../sandboxed.ts"

let aws: Sandboxed
beforeEach(async () => {
  aws = await sandboxed()
})
afterEach(() => aws.close())

it("bears ten attempts of which nine are throttled, and no more", async () => {
  const session = await aws.open()
  aws.fault({ name: "throttle", operation: "ec2:DescribeVpcs", times: 9 })
  await session.ec2.send(new DescribeVpcsCommand({}))
  aws.fault({ name: "throttle", operation: "ec2:DescribeVpcs", times: 10 })
  await expect(session.ec2.send(new DescribeVpcsCommand({}))).rejects.toThrow("too many requests")
})

it("does not run out of attempts when many calls are throttled at once", async () => {
  const session = await aws.open()
  aws.fault({ name: "throttle", operation: "ec2:DescribeVpcs", share: 0.5 })
  const calls = Array.from({ length: 80 }, () => session.ec2.send(new DescribeVpcsCommand({})))
  const failed = (await Promise.allSettled(calls)).filter(({ status }) => status === "rejected")
  expect(failed.length).toBeLessThanOrEqual(1)
})

it("waits by the given clock: longer each time, up to twenty seconds", async () => {
  const slept: number[] = []
  const strategy = retryStrategy(impatient(slept), () => 1)
  const error = awsError("Throttling", 400)
  let token = await strategy.acquireInitialRetryToken("")
  for (let count = 0; count < 7; count++)
    token = await strategy.refreshRetryTokenForRetry(token, { error, errorType: "THROTTLING" })
  expect(slept).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 20_000, 20_000])
})

it.each([
  ["our own decision, whatever its cause", awsError("x", 500, new OutcomeUnknown("x", "ECONNRESET"))],
  ["a quota that the SDK takes for a throttle", awsError("LimitExceededException", 409)],
  ["a lack of machines", awsError("InsufficientInstanceCapacity", 500)],
])("does not retry %s", async (_, error) => {
  const strategy = retryStrategy(impatient())
  const token = await strategy.acquireInitialRetryToken("")
  const retry = strategy.refreshRetryTokenForRetry(token, { error, errorType: "TRANSIENT" })
  await expect(retry).rejects.toThrow("not tried again")
})

it.each(["ConcurrentModificationException", "TooManyUpdates", "OperationAborted", "ConditionalRequestConflict"])(
  "retries %s, which the SDK would not",
  async (name) => {
    const strategy = retryStrategy(impatient())
    const token = await strategy.acquireInitialRetryToken("")
    const retried = strategy.refreshRetryTokenForRetry(token, { error: awsError(name, 409), errorType: "CLIENT_ERROR" })
    expect((await retried).getRetryCount()).toBe(1)
  },
)

it("gives up soon on a host that has never answered, and is patient with one that has", async () => {
  const error = awsError("Error", undefined, Object.assign(new Error("no such host"), { code: "ENOTFOUND" }))
  const attempts = async (heard: boolean) => {
    const strategy = retryStrategy(impatient())
    let token = await strategy.acquireInitialRetryToken("")
    if (heard) strategy.recordSuccess(token)
    for (;;) {
      try {
        token = await strategy.refreshRetryTokenForRetry(token, { error, errorType: "TRANSIENT" })
      } catch {
        return token.getRetryCount() + 1
      }
    }
  }
  expect(await attempts(false)).toBe(3)
  expect(await attempts(true)).toBe(10)
})

function awsError(
  name: string,
  httpStatusCode: number | undefined,
  error = new Error(name),
): NonNullable<RetryErrorInfo["error"]> {
  const $metadata = httpStatusCode === undefined ? {} : { httpStatusCode }
  // The SDK's type wants more than the SDK's own errors have.
  return Object.assign(error, { name, $metadata }) as NonNullable<RetryErrorInfo["error"]>
}
