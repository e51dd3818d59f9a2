import type * as client from "@aws-sdk/client-s3-control"
import { expect, it } from "vitest"
import { s3control } from "../../../../src/sandbox/services/s3control/index.ts"
import { provesRefusals, type Row } from "../refusal-table.ts"
import { type Rig, rigOf } from "../rig.ts"

type Ground = Rig<typeof client>

const AccountId = "111122223333"
const ground = (): Ground => rigOf<typeof client>(s3control)

const rows: readonly Row<Ground>[] = [
  [
    "nobody has said anything",
    "NoSuchPublicAccessBlockConfiguration",
    "S3 Control API reference: GetPublicAccessBlock",
    (aws) => aws.refused("GetPublicAccessBlock", { AccountId }),
  ],
  [
    "another account",
    "AccessDenied",
    "S3 error responses",
    (aws) => aws.refused("GetPublicAccessBlock", { AccountId: "444455556666" }),
  ],
]

provesRefusals(new URL("../../../../src/sandbox/services/s3control/", import.meta.url), rows, ground)

it("takes what is left out for off, and forgets all of it", () => {
  const aws = ground()
  aws.run("PutPublicAccessBlock", { AccountId, PublicAccessBlockConfiguration: { BlockPublicAcls: true } })
  expect(aws.run("GetPublicAccessBlock", { AccountId }).PublicAccessBlockConfiguration).toEqual({
    BlockPublicAcls: true,
    IgnorePublicAcls: false,
    BlockPublicPolicy: false,
    RestrictPublicBuckets: false,
  })
  aws.run("DeletePublicAccessBlock", { AccountId })
  expect(aws.refused("GetPublicAccessBlock", { AccountId })).toContain("NoSuchPublicAccessBlockConfiguration")
})
