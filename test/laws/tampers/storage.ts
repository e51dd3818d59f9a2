import {
  DeleteBucketLifecycleCommand,
  DeleteBucketPolicyCommand,
  DeletePublicAccessBlockCommand,
  GetObjectCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3"
import { PutParameterCommand } from "@aws-sdk/client-ssm"
import { stateBucketName } from "../../../src/aws/names.ts"
import { bucketKind } from "../../../src/steps/bucket.ts"
import { choiceKind } from "../../../src/steps/choice.ts"
import { recordKind } from "../../../src/steps/record.ts"
import { tampersOf } from "./table.ts"

const name = "it is the name, and nothing is renamed"

export const storageTampers = [
  tampersOf(bucketKind, {
    fields: {
      versioned: ({ s3 }, { bucket: Bucket, versioned }) => {
        const VersioningConfiguration = { Status: versioned ? "Suspended" : "Enabled" } as const
        return s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }))
      },
      encryption: ({ s3 }, { bucket: Bucket }) => {
        const Rules = [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms" as const } }]
        return s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules } }))
      },
      publicAccess: ({ s3 }, { bucket: Bucket }) => s3.send(new DeletePublicAccessBlockCommand({ Bucket })),
      ownership: ({ s3 }, { bucket: Bucket }) => {
        const OwnershipControls = { Rules: [{ ObjectOwnership: "ObjectWriter" as const }] }
        return s3.send(new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls }))
      },
      policy: [
        ({ s3 }, { bucket: Bucket }) => s3.send(new DeleteBucketPolicyCommand({ Bucket })),
        ({ s3 }, { bucket: Bucket, policy }) => {
          const Policy = JSON.stringify({ ...policy, Statement: policy?.Statement.slice(1) })
          return s3.send(new PutBucketPolicyCommand({ Bucket, Policy }))
        },
      ],
      lifecycle: [
        ({ s3 }, { bucket: Bucket }) => s3.send(new DeleteBucketLifecycleCommand({ Bucket })),
        ({ s3 }, { bucket: Bucket }) => {
          const Rules = [{ ID: "soon", Status: "Enabled" as const, Filter: { Prefix: "" }, Expiration: { Days: 1 } }]
          return s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules } }))
        },
      ],
    },
    fixed: { bucket: name, arn: name },
  }),
  tampersOf(choiceKind, {
    fields: {
      value: [
        {
          // The group follows the choice as it stands, and both are put back together.
          does: ({ ssm }, { parameter: Name }) =>
            ssm.send(new PutParameterCommand({ Name, Value: "0.0.0.0/0", Overwrite: true })),
        },
      ],
    },
    fixed: { parameter: name },
  }),
  tampersOf(recordKind, {
    fields: {
      wishes: [
        {
          // Not what the last run wanted: that is what a newer wish looks like.
          cause: "pending",
          async does({ s3, ...place }, { scope }) {
            const object = { Bucket: stateBucketName(place), Key: `records/${scope}.json` }
            const { Body } = await s3.send(new GetObjectCommand(object))
            const record = JSON.parse((await Body?.transformToString()) ?? "")
            const wishes = { ...record.wishes, "vpc/main": { ...record.wishes["vpc/main"], cidr: "0" } }
            await s3.send(new PutObjectCommand({ ...object, Body: JSON.stringify({ ...record, wishes }) }))
          },
        },
      ],
    },
    fixed: {},
  }),
]
