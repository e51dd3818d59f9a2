import type * as client from "@aws-sdk/client-secrets-manager"
import { handlers } from "../../service.ts"
import { given } from "../given.ts"
import { refuseStrangers } from "./access.ts"
import { findSecret, findUsable, notFound, type SecretRecord, saveSecret, type Version, wrong } from "./records.ts"

export const readHandlers = handlers<typeof client>()({
  GetSecretValue: (input, call) => {
    const id = given(input.SecretId, "secretId", "ValidationException")
    refuseStrangers(call, id, input.VersionStage)
    const record = findUsable(call, id)
    const version = versionFor(record, input)
    saveSecret(call, { ...record, accessed: call.now - (call.now % day) })
    return {
      ARN: record.ARN,
      Name: record.Name,
      VersionId: version.VersionId,
      SecretString: version.SecretString,
      VersionStages: [...version.stages],
      CreatedDate: new Date(version.created),
    }
  },

  DescribeSecret: (input, call) => {
    const record = findSecret(call, given(input.SecretId, "secretId", "ValidationException"))
    const VersionIdsToStages = stagesOf(record)
    return { ...described(record), ...(record.versions.length > 0 && { VersionIdsToStages }) }
  },
})

/** What is shown of a secret beside its value. */
export const described = (record: SecretRecord) => ({
  ARN: record.ARN,
  Name: record.Name,
  Description: record.Description,
  KmsKeyId: record.KmsKeyId,
  LastChangedDate: new Date(record.changed),
  LastAccessedDate: record.accessed === undefined ? undefined : new Date(record.accessed),
  DeletedDate: record.deletion && new Date(record.deletion.asked),
  Tags: [...record.Tags],
  OwningService: record.OwningService,
  CreatedDate: new Date(record.created),
})

export const stagesOf = ({ versions }: SecretRecord): Record<string, string[]> =>
  Object.fromEntries(versions.map(({ VersionId, stages }) => [VersionId, [...stages]]))

interface Asked {
  readonly VersionId?: string | undefined
  readonly VersionStage?: string | undefined
}

const versionFor = ({ versions }: SecretRecord, { VersionId, VersionStage }: Asked): Version => {
  const stage = VersionStage ?? (VersionId === undefined ? "AWSCURRENT" : undefined)
  const found = versions.find((one) =>
    VersionId === undefined ? one.stages.includes(stage ?? "") : one.VersionId === VersionId,
  )
  if (!found) {
    const which = VersionId === undefined ? `staging label: ${stage}` : `VersionId: ${VersionId}`
    throw notFound(`Secrets Manager can't find the specified secret value for ${which}`)
  }
  if (stage === undefined || found.stages.includes(stage)) return found
  throw wrong("You provided a VersionStage that is not associated to the provided VersionId.")
}

/** AWS tells the day of the last access, not the time. */
const day = 24 * 3600 * 1000
