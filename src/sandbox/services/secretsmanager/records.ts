import { type Call, Refusal } from "../../service.ts"
import type { Table } from "../../store.ts"
import { regional } from "../regional.ts"
import type { Tag } from "../tags.ts"

export interface SecretRecord {
  readonly Name: string
  readonly ARN: string
  readonly Description?: string | undefined
  readonly KmsKeyId?: string | undefined
  readonly Tags: readonly Tag[]
  readonly Policy?: string | undefined
  /** The ids of the roles that the policy named when it was put, by ARN. */
  readonly PolicyRoles?: Readonly<Record<string, string>> | undefined
  /** The service of AWS that made it and alone may take it away. */
  readonly OwningService?: string | undefined
  readonly created: number
  readonly changed: number
  readonly accessed?: number | undefined
  /** When its deletion was asked for, and when it is gone for good. */
  readonly deletion?: { readonly asked: number; readonly due: number } | undefined
  readonly versions: readonly Version[]
}

export interface Version {
  readonly VersionId: string
  readonly created: number
  readonly SecretString: string
  readonly stages: readonly string[]
}

/** Those that are there, be it on their way out. */
export const allSecrets = (call: Call): readonly SecretRecord[] =>
  secrets(call)
    .all()
    .filter((record) => isThere(record, call.now))

export const saveSecret = (call: Call, record: SecretRecord): SecretRecord => {
  secrets(call).put(record.Name, record)
  return record
}

export const dropSecret = (call: Call, name: string): void => {
  secrets(call).delete(name)
}

export const secretNamed = (call: Call, name: string): SecretRecord | undefined => {
  const record = secrets(call).get(name)
  return record && isThere(record, call.now) ? record : undefined
}

/** By its name or its ARN, which may lack the six letters that AWS puts behind the name. */
export const findSecret = (call: Call, id: string): SecretRecord => {
  const record = secretWith(call, id)
  if (!record) throw notFound("Secrets Manager can't find the specified secret.")
  return record
}

export const secretWith = (call: Call, id: string): SecretRecord | undefined =>
  id.startsWith("arn:")
    ? allSecrets(call).find(({ ARN }) => ARN === id || ARN.slice(0, -7) === id)
    : secretNamed(call, checkName(id))

/** One that is not on its way out. */
export const findUsable = (call: Call, id: string): SecretRecord => {
  const record = findSecret(call, id)
  if (!record.deletion) return record
  throw wrong("You can't perform this operation on the secret because it was marked for deletion.")
}

export const checkName = (name: string): string => {
  if (/^[\w/+=.@!-]+$/.test(name)) return name
  const rule = "Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!"
  throw new Refusal("ValidationException", `Invalid name. ${rule}`)
}

export const notFound = (message: string): Refusal => new Refusal("ResourceNotFoundException", message)
export const wrong = (message: string): Refusal => new Refusal("InvalidRequestException", message)
export const badParameter = (message: string): Refusal => new Refusal("InvalidParameterException", message)

const secrets = (call: Call): Table<SecretRecord> => regional(call, "secretsmanager/secret")

const isThere = ({ deletion }: SecretRecord, now: number): boolean => !deletion || now < deletion.due
