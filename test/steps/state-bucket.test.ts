import { HeadBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3"
import { expect, it } from "vitest"
import { bucketKind, stateBucket } from "../../src/steps/bucket.ts"
import { bench } from "./bench.ts"

const on = bench()

it("the bucket of locks and records is not destroyed, whoever asks and however", async () => {
  const step = stateBucket({ account: "111122223333", partition: "aws", region: "us-east-1" })
  await on.make(step)
  const { bucket } = await on.live(step)
  await on.cloud.s3.send(new PutObjectCommand({ Bucket: bucket, Key: "locks/poc.json", Body: "{}" }))
  const live = await on.live(step)
  expect(await bucketKind.destroy?.(on.cloud, live, { purge: true, whole: true })).toContain("the locks and records")
  await on.cloud.s3.send(new HeadBucketCommand({ Bucket: bucket }))
})
