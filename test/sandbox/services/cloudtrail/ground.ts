import type * as client from "@aws-sdk/client-cloudtrail"
import { cloudtrail } from "../../../../src/sandbox/services/cloudtrail/index.ts"
import { render } from "../../../../src/templates/render.ts"
import trailPolicy from "../../../../src/templates/trail-bucket.json" with { type: "json" }
import { type Rig, rigOf } from "../rig.ts"

export type Ground = Rig<typeof client>

const place = { partition: "aws", region: "us-east-1", account: "111122223333" }
export const arnOf = (name: string) => `arn:aws:cloudtrail:us-east-1:111122223333:trail/${name}`
export const trail = { Name: "main", S3BucketName: "bucket" }

export const bucketFor = (aws: Ground, Name: string, trail: string) => {
  const Policy = JSON.stringify(render(trailPolicy, { ...place, bucket: Name, trail }))
  aws.put("s3/bucket", Name, { Name, Region: "us-east-1", Policy })
}

/** A trail `main` that writes nothing yet. */
export const ground = (): Ground => {
  const aws = rigOf<typeof client>(cloudtrail)
  bucketFor(aws, "bucket", arnOf("*").replace("/*", "/main"))
  aws.run("CreateTrail", { ...trail, TagsList: [{ Key: "a", Value: "b" }] })
  return aws
}
