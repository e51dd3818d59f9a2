import { createHash } from "node:crypto"
import type * as rds from "@aws-sdk/client-rds"
import { type Call, Refusal } from "../../service.ts"
import { dropManagedSecret, makeManagedSecret } from "../secretsmanager/managed.ts"
import type { InstanceRecord } from "./records.ts"

/** An id as RDS and KMS make them. */
export const uuid = (call: Call, prefix: string): string => {
  const hex = createHash("sha256").update(call.id(prefix)).digest("hex")
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)]
  return parts.join("-")
}

/** RDS keeps the master's password in a secret of its own, which goes with the instance. */
export const makeMasterSecret = (call: Call, id: string, username: string): string =>
  makeManagedSecret(call, {
    owner: "rds",
    name: `db-${uuid(call, "secret")}`,
    description: `The secret associated with the primary RDS DB instance: ${id}`,
    tags: [{ Key: "aws:rds:primaryDBInstanceArn", Value: `arn:aws:rds:${call.region}:${call.account}:db:${id}` }],
    username,
  }).ARN

/** A password that somebody sets himself takes the place of the secret, and the other way round. */
export const changeSecret = (
  call: Call,
  record: InstanceRecord,
  { ManageMasterUserPassword: managed, MasterUserPassword: password }: rds.ModifyDBInstanceCommandInput,
): InstanceRecord => {
  const { id, masterUser, secretArn } = record
  if (password !== undefined && (managed ?? secretArn !== undefined))
    throw new Refusal("InvalidParameterCombination", "You can't set MasterUserPassword while RDS manages it.")
  if (managed === false && secretArn !== undefined) {
    if (password === undefined)
      throw new Refusal("InvalidParameterCombination", "Specify MasterUserPassword when you turn off the managed one.")
    dropManagedSecret(call, secretArn)
    return { ...record, secretArn: undefined }
  }
  return managed && secretArn === undefined ? { ...record, secretArn: makeMasterSecret(call, id, masterUser) } : record
}

export const secretView = (call: Call, { secretArn, listensFrom }: InstanceRecord): rds.MasterUserSecret | undefined =>
  secretArn === undefined
    ? undefined
    : {
        SecretArn: secretArn,
        SecretStatus: call.now < listensFrom ? "creating" : "active",
        KmsKeyId: `arn:${call.partition}:kms:${call.region}:${call.account}:alias/aws/secretsmanager`,
      }
