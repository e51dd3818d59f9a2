import type * as client from "@aws-sdk/client-kms"
import { describe, expect, test } from "vitest"
import { kms } from "../../../../src/sandbox/services/kms/index.ts"
import { unheeded } from "../heeding.ts"
import { provesRefusals, type Row } from "../refusal-table.ts"
import { type Rig, rigOf } from "../rig.ts"

type Ground = Rig<typeof client>

const api = (operation: string) => `KMS API reference: ${operation}`
const KeyId = "alias/main"

/** A key by the name of `main`. */
const ground = (): Ground => {
  const aws = rigOf<typeof client>(kms)
  const { KeyMetadata } = aws.run("CreateKey", { Tags: [{ TagKey: "a", TagValue: "b" }] })
  aws.run("CreateAlias", { AliasName: KeyId, TargetKeyId: KeyMetadata?.KeyId })
  return aws
}

const stateOn = (aws: Ground) => aws.run("DescribeKey", { KeyId }).KeyMetadata?.KeyState

const anybody = JSON.stringify({
  Statement: [{ Effect: "Allow", Principal: "*", Action: "kms:Encrypt", Resource: "*" }],
})

const rows: readonly Row<Ground>[] = [
  [
    "no such key",
    "NotFoundException: 'none'",
    api("DescribeKey"),
    (aws) => aws.refused("DescribeKey", { KeyId: "none" }),
  ],
  [
    "a second of an alias",
    "AlreadyExistsException",
    api("CreateAlias"),
    (aws) => aws.refused("CreateAlias", { AliasName: KeyId, TargetKeyId: KeyId }),
  ],
  [
    "an alias of AWS's",
    "InvalidAliasNameException",
    api("CreateAlias"),
    (aws) => aws.refused("CreateAlias", { AliasName: "alias/aws/s3", TargetKeyId: KeyId }),
  ],
  [
    "a policy that nobody could change",
    "MalformedPolicyDocumentException: will not allow you",
    api("PutKeyPolicy"),
    (aws) => aws.refused("PutKeyPolicy", { KeyId, Policy: anybody }),
  ],
  [
    "a change of a key that is to go",
    "KMSInvalidStateException: pending deletion",
    api("EnableKey"),
    (aws) => {
      aws.run("ScheduleKeyDeletion", { KeyId })
      return aws.refused("EnableKey", { KeyId })
    },
  ],
  [
    "taking back what nobody asked for",
    "KMSInvalidStateException: is not pending deletion",
    api("CancelKeyDeletion"),
    (aws) => aws.refused("CancelKeyDeletion", { KeyId }),
  ],
  [
    "rotation of a key that is disabled",
    "DisabledException",
    api("EnableKeyRotation"),
    (aws) => {
      aws.run("DisableKey", { KeyId })
      return aws.refused("EnableKeyRotation", { KeyId })
    },
  ],
  [
    "a place that was never offered",
    "InvalidMarkerException",
    api("ListKeys"),
    (aws) => aws.refused("ListKeys", { Marker: "x" }),
  ],
  [
    "a tag of AWS's",
    "TagException",
    api("TagResource"),
    (aws) => aws.refused("TagResource", { KeyId, Tags: [{ TagKey: "aws:a", TagValue: "" }] }),
  ],
  [
    "51 tags",
    "LimitExceededException",
    api("TagResource"),
    (aws) => {
      const Tags = Array.from({ length: 50 }, (_, n) => ({ TagKey: `k${n}`, TagValue: "" }))
      return aws.refused("TagResource", { KeyId, Tags })
    },
  ],
  [
    "a key of another kind",
    "NotImplemented",
    "the sandbox's own: not served",
    (aws) => aws.refused("CreateKey", { KeySpec: "RSA_2048" }),
  ],
]

provesRefusals(new URL("../../../../src/sandbox/services/kms/", import.meta.url), rows, ground)

describe("a key", () => {
  test("that is to go comes back, and is gone when its days are over", () => {
    const aws = ground()
    aws.run("ScheduleKeyDeletion", { KeyId, PendingWindowInDays: 7 })
    expect(stateOn(aws)).toBe("PendingDeletion")
    aws.run("CancelKeyDeletion", { KeyId })
    expect(stateOn(aws)).toBe("Disabled")
    aws.run("ScheduleKeyDeletion", { KeyId, PendingWindowInDays: 7 })
    aws.pass(7 * 86_400)
    expect(aws.refused("DescribeKey", { KeyId })).toContain("NotFoundException")
  })

  const goesThrough: readonly (readonly [Parameters<Ground["run"]>[0], object])[] = [
    ["CancelKeyDeletion", {}],
    ["CreateAlias", { AliasName: "alias/more", TargetKeyId: KeyId }],
    ["CreateKey", {}],
    ["DeleteAlias", { AliasName: KeyId }],
    ["DescribeKey", {}],
    ["DisableKey", {}],
    ["DisableKeyRotation", {}],
    ["EnableKey", {}],
    ["EnableKeyRotation", {}],
    ["GetKeyPolicy", {}],
    ["GetKeyRotationStatus", {}],
    ["ListAliases", {}],
    ["ListKeys", {}],
    ["ListResourceTags", {}],
    ["PutKeyPolicy", {}],
    ["ScheduleKeyDeletion", {}],
    ["TagResource", { Tags: [{ TagKey: "c", TagValue: "d" }] }],
    ["UntagResource", { TagKeys: ["a"] }],
  ]

  test.each(goesThrough)("%s heeds all that a caller can say", (name, input) => {
    const aws = ground()
    if (name === "CancelKeyDeletion") aws.run("ScheduleKeyDeletion", { KeyId })
    const { Policy } = aws.run("GetKeyPolicy", { KeyId })
    const whole = { KeyId, ...input, ...(name === "PutKeyPolicy" && { Policy }) }
    // One operation's input after another: their types have nothing in common.
    expect(unheeded(kms, name, whole, (watched) => aws.run(name, watched as never))).toEqual([])
  })

  test("has every operation that is served among them", () => {
    expect(goesThrough.map(([name]) => name).sort()).toEqual(Object.keys(kms.handlers).sort())
  })
})
