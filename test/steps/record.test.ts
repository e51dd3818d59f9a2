import { PutObjectCommand } from "@aws-sdk/client-s3"
import { describe, expect, it } from "vitest"
import type { Wishes } from "../../src/engine/types.ts"
import { stateBucket } from "../../src/steps/bucket.ts"
import { record } from "../../src/steps/record.ts"
import { bench } from "./bench.ts"
import { seesAndRepairs } from "./tamper.ts"

const on = bench()
const place = { partition: "aws", region: "us-east-1", account: "111122223333" }
const bucket = stateBucket(place)
const wishing = (wishes: Wishes) => record({ scope: "poc", bucket, wishes })
const first = wishing({ "vpc/main": { cidr: "one" } })

describe("the record", () => {
  it("is missing where there is not even a bucket", async () => {
    expect((await on.see(first)).state).toBe("missing")
  })

  it("keeps what is wished, under a generation of its own", async () => {
    await on.make(first)
    expect(await on.live(first)).toEqual({
      scope: "poc",
      generation: expect.stringMatching(/^[0-9a-f]{16}$/),
      wishes: { "vpc/main": { cidr: "one" } },
    })
  })

  seesAndRepairs(
    on,
    () => first,
    {
      wishes: async (cloud, { generation }) => {
        const Body = JSON.stringify({ schema: 1, scope: "poc", generation, created: "", wishes: {} })
        const { bucket: Bucket } = await on.live(bucket)
        await cloud.s3.send(new PutObjectCommand({ Bucket, Key: "records/poc.json", Body }))
      },
    },
    [],
  )

  it("takes a newer wish and stays the same generation", async () => {
    const { generation } = await on.live(first)
    const newer = wishing({ "vpc/main": { cidr: "two" } })
    await on.make(newer)
    expect(await on.live(newer)).toMatchObject({ generation, wishes: { "vpc/main": { cidr: "two" } } })
  })

  it("keeps what was wished before of a field that nobody speaks of now, and drops steps that are gone", async () => {
    const prints = async (wishes: Wishes) => {
      await on.make(wishing(wishes))
      return (await on.live(first)).wishes
    }
    await prints({ "choice/allowed": { parameter: "p", value: "given" }, "vpc/main": { cidr: "two" } })
    const silent = { "choice/allowed": { parameter: "p" }, "vpc/main": { cidr: "two" } }
    expect((await on.see(wishing(silent))).state).toBe("same")
    expect((await on.see(wishing({ "choice/allowed": { parameter: "p" } }))).state).toBe("differs")
    expect(await prints({ "choice/allowed": { parameter: "q" } })).toEqual({
      "choice/allowed": { parameter: "q", value: "given" },
    })
    await on.make(first)
  })

  it("is another generation after it went", async () => {
    const { generation } = await on.live(first)
    await on.unmake(false, first)
    expect((await on.see(first)).state).toBe("missing")
    await on.make(first)
    expect((await on.live(first)).generation).not.toBe(generation)
  })
})
