import type * as client from "@aws-sdk/client-secrets-manager"
import { type Call, handlers, Refusal } from "../../service.ts"
import { given } from "../given.ts"
import { refuseUnserved } from "../unserved.ts"
import { bear } from "./birth.ts"
import { badParameter, findUsable, type SecretRecord, saveSecret, secretNamed, type Version, wrong } from "./records.ts"
import { withTags } from "./tags.ts"

export const writeHandlers = handlers<typeof client>()({
  CreateSecret: (input, call) => {
    refuseUnserved(input, ["SecretBinary", "AddReplicaRegions", "ForceOverwriteReplicaSecret", "Type"])
    const name = given(input.Name, "name", "ValidationException")
    const token = tokenOf(input.ClientRequestToken)
    const there = secretNamed(call, name)
    if (there && !there.deletion && isRepeated(there, token, input.SecretString)) return answer(there, token)
    const record = bear(call, {
      name,
      description: input.Description,
      key: input.KmsKeyId,
      tags: withTags([], input.Tags),
      value: input.SecretString,
      token,
    })
    return answer(record, input.SecretString === undefined ? undefined : token)
  },

  PutSecretValue: (input, call) => {
    refuseUnserved(input, ["SecretBinary", "RotationToken"])
    const record = findUsable(call, given(input.SecretId, "secretId", "ValidationException"))
    refuseForeignChange(record)
    const token = tokenOf(input.ClientRequestToken)
    const value = input.SecretString
    if (value === undefined) throw wrong("You must provide either SecretString or SecretBinary.")
    const stages = input.VersionStages ?? ["AWSCURRENT"]
    const kept = isRepeated(record, token, value) ? record : withVersion(call, record, { token, value, stages })
    return { ...answer(kept, token), VersionStages: [...(versionOf(kept, token)?.stages ?? [])] }
  },

  UpdateSecret: (input, call) => {
    refuseUnserved(input, ["SecretBinary", "Type"])
    const record = findUsable(call, given(input.SecretId, "secretId", "ValidationException"))
    refuseForeignChange(record)
    const token = tokenOf(input.ClientRequestToken)
    const value = input.SecretString
    const changed = saveSecret(call, {
      ...record,
      Description: input.Description ?? record.Description,
      KmsKeyId: input.KmsKeyId ?? record.KmsKeyId,
      changed: call.now,
    })
    if (value === undefined) return answer(changed, undefined)
    if (versionOf(record, token)) throw inUse(record, token)
    return answer(withVersion(call, changed, { token, value, stages: ["AWSCURRENT"] }), token)
  },
})

const tokenOf = (token: string | undefined): string => {
  if (token !== undefined) return token
  throw wrong("You must provide a ClientRequestToken value. We recommend a UUID-type value.")
}

/** The same request once more; another value under its token is refused. */
const isRepeated = (record: SecretRecord, token: string, value: string | undefined): boolean => {
  const version = versionOf(record, token)
  if (!version) return false
  if (version.SecretString === value) return true
  throw inUse(record, token)
}

const versionOf = ({ versions }: SecretRecord, token: string): Version | undefined =>
  versions.find(({ VersionId }) => VersionId === token)

const inUse = ({ ARN }: SecretRecord, token: string): Refusal => {
  const why = `because that value is already in use for a version of secret ${ARN}.`
  return new Refusal("ResourceExistsException", `You can't use ClientRequestToken ${token} ${why}`)
}

/** What another service keeps there, it alone changes. */
const refuseForeignChange = ({ OwningService }: SecretRecord): void => {
  if (OwningService !== undefined) throw wrong(`You can't update this secret because it's managed by ${OwningService}.`)
}

interface NewVersion {
  readonly token: string
  readonly value: string
  readonly stages: readonly string[]
}

/** Its labels move to it from the others; what was current becomes the previous one; what has no label is dropped. */
const withVersion = (call: Call, record: SecretRecord, { token, value, stages }: NewVersion): SecretRecord => {
  if (stages.includes("AWSPREVIOUS")) throw badParameter("AWSPREVIOUS is set by Secrets Manager alone.")
  const current = stages.includes("AWSCURRENT") || record.versions.length === 0
  const moving = new Set([...stages, ...(current ? ["AWSCURRENT", "AWSPREVIOUS"] : [])])
  const others = record.versions.map((version) => ({
    ...version,
    stages: [
      ...version.stages.filter((stage) => !moving.has(stage)),
      ...(current && version.stages.includes("AWSCURRENT") ? ["AWSPREVIOUS"] : []),
    ],
  }))
  const labels = [...new Set([...stages, ...(current ? ["AWSCURRENT"] : [])])]
  const fresh = { VersionId: token, created: call.now, SecretString: value, stages: labels }
  const versions = [...others.filter(({ stages }) => stages.length > 0), fresh]
  return saveSecret(call, { ...record, versions, changed: call.now })
}

const answer = ({ ARN, Name }: SecretRecord, VersionId: string | undefined) => ({
  ARN,
  Name,
  ...(VersionId !== undefined && { VersionId }),
})
