import type * as Kms from "@aws-sdk/client-kms"
import { type Call, handlers, Refusal } from "../../service.ts"
import { pageByName } from "../pages.ts"
import { notServed, refuseUnserved } from "../unserved.ts"
import { checkPolicy, usualPolicy } from "./policy.ts"
import { allKeys, badMarker, type KeyRecord, keepKey, keyOf, stateOf, stayingKey, wrongState } from "./records.ts"
import { withTags } from "./tags.ts"

export const keyHandlers = handlers<typeof Kms>()({
  CreateKey: (input, call) => {
    refuseUnserved(input, ["CustomKeyStoreId", "MultiRegion", "XksKeyId", "BypassPolicyLockoutSafetyCheck"])
    const { KeyUsage = "ENCRYPT_DECRYPT", KeySpec = "SYMMETRIC_DEFAULT", CustomerMasterKeySpec, Origin } = input
    if (KeyUsage !== "ENCRYPT_DECRYPT" || (CustomerMasterKeySpec ?? KeySpec) !== "SYMMETRIC_DEFAULT")
      throw notServed("keys that are not symmetric")
    if (Origin !== undefined && Origin !== "AWS_KMS") throw notServed("keys that were made elsewhere")
    const policy = input.Policy ?? usualPolicy(call)
    checkPolicy(call, policy)
    const digits = `${call.id("key").slice(-16)}${call.id("key").slice(-16)}`
    const id = digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5")
    const arn = `arn:${call.partition}:kms:${call.region}:${call.account}:key/${id}`
    const description = input.Description ?? ""
    const Tags = withTags([], input.Tags)
    const key = keepKey(call, { id, arn, created: call.now, description, enabled: true, policy, Tags })
    return { KeyMetadata: view(call, key) }
  },

  DescribeKey: (input, call) => {
    refuseUnserved(input, ["GrantTokens"])
    return { KeyMetadata: view(call, keyOf(call, input.KeyId)) }
  },

  ListKeys: (input, call) => {
    const wish = { size: input.Limit ?? 100, token: input.Marker, refuse: badMarker }
    const { items, next } = pageByName(allKeys(call), ({ id }) => id, wish)
    return {
      Keys: items.map(({ id, arn }) => ({ KeyId: id, KeyArn: arn })),
      Truncated: next !== undefined,
      NextMarker: next,
    }
  },

  EnableKey: (input, call) => {
    keepKey(call, { ...stayingKey(call, input.KeyId), enabled: true })
    return {}
  },

  DisableKey: (input, call) => {
    keepKey(call, { ...stayingKey(call, input.KeyId), enabled: false })
    return {}
  },

  /** A key that is to go can be used for nothing, and is as good as new until it is gone. */
  ScheduleKeyDeletion: (input, call) => {
    const key = stayingKey(call, input.KeyId)
    const days = input.PendingWindowInDays ?? 30
    const deletion = call.now + days * DAY
    keepKey(call, { ...key, enabled: false, deletion })
    return {
      KeyId: key.arn,
      DeletionDate: new Date(deletion),
      KeyState: "PendingDeletion",
      PendingWindowInDays: days,
    }
  },

  CancelKeyDeletion: (input, call) => {
    const { deletion, ...key } = keyOf(call, input.KeyId)
    if (deletion === undefined) throw wrongState(`${key.arn} is not pending deletion.`)
    keepKey(call, key)
    return { KeyId: key.arn }
  },

  EnableKeyRotation: (input, call) => {
    const key = stayingKey(call, input.KeyId)
    if (!key.enabled) throw new Refusal("DisabledException", `${key.arn} is disabled.`)
    keepKey(call, { ...key, rotation: input.RotationPeriodInDays ?? key.rotation ?? 365 })
    return {}
  },

  DisableKeyRotation: (input, call) => {
    const { rotation: _former, ...key } = stayingKey(call, input.KeyId)
    keepKey(call, key)
    return {}
  },

  GetKeyRotationStatus: (input, call) => {
    const { arn, rotation } = keyOf(call, input.KeyId)
    return { KeyId: arn, KeyRotationEnabled: rotation !== undefined, RotationPeriodInDays: rotation }
  },
})

const DAY = 86_400_000

const view = ({ account }: Call, key: KeyRecord): Kms.KeyMetadata => ({
  AWSAccountId: account,
  KeyId: key.id,
  Arn: key.arn,
  CreationDate: new Date(key.created),
  Enabled: stateOf(key) === "Enabled",
  Description: key.description,
  KeyUsage: "ENCRYPT_DECRYPT",
  KeyState: stateOf(key),
  ...(key.deletion !== undefined && { DeletionDate: new Date(key.deletion) }),
  Origin: "AWS_KMS",
  KeyManager: "CUSTOMER",
  KeySpec: "SYMMETRIC_DEFAULT",
  EncryptionAlgorithms: ["SYMMETRIC_DEFAULT"],
  MultiRegion: false,
})
