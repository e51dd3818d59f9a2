import { describe, expect, it } from "vitest"
import { bucketNameFor, nameFor, parameterName, rolePath, stateBucketName } from "../../src/aws/names.ts"

const cloud = { account: "111122223333", region: "us-east-1" }

describe("a name", () => {
  it("has the scope and the step in it", () => {
    expect(nameFor("poc", "app")).toBe("smart0dte-poc-app")
    expect(nameFor("dev+stage", "load balancer")).toBe("smart0dte-dev-stage-load-balancer")
  })

  it("that is too long is cut, the same way each time and never to the same as another", () => {
    const long = nameFor("poc", "a".repeat(80), 32)
    expect(long).toHaveLength(32)
    expect(nameFor("poc", "a".repeat(80), 32)).toBe(long)
    expect(nameFor("poc", "a".repeat(81), 32)).not.toBe(long)
  })

  it("of a bucket carries account and region and obeys S3", () => {
    expect(stateBucketName(cloud)).toBe("smart0dte-111122223333-us-east-1-state")
    expect(bucketNameFor(cloud, "Access_Logs")).toBe("smart0dte-111122223333-us-east-1-access-logs")
    expect(bucketNameFor(cloud, "x".repeat(80)).length).toBeLessThanOrEqual(63)
  })

  it("of a path has no sign that a service refuses", () => {
    expect(rolePath("dev+stage")).toBe("/smart0dte/dev-stage/")
    expect(parameterName("poc", "choices", "image")).toBe("/smart0dte/poc/choices/image")
  })
})
