import type * as client from "@aws-sdk/client-secrets-manager"
import { handlers } from "../../service.ts"
import { given } from "../given.ts"
import { badParameter, dropSecret, findSecret, type SecretRecord, saveSecret, secretNamed, wrong } from "./records.ts"

export const deletionHandlers = handlers<typeof client>()({
  DeleteSecret: (input, call) => {
    const id = given(input.SecretId, "secretId", "ValidationException")
    const { RecoveryWindowInDays: days, ForceDeleteWithoutRecovery: force = false } = input
    if (force && days !== undefined) {
      throw badParameter("You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.")
    }
    if (days !== undefined && (days < 7 || days > 30)) {
      throw badParameter("The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).")
    }
    // One that isn't there is gone already, where nothing is to be recovered.
    if (force && !id.startsWith("arn:") && !secretNamed(call, id)) {
      return { ARN: undefined, Name: id, DeletionDate: new Date(call.now) }
    }
    const record = findSecret(call, id)
    refuseForeignDeletion(record)
    if (force) {
      dropSecret(call, record.Name)
      return { ARN: record.ARN, Name: record.Name, DeletionDate: new Date(call.now) }
    }
    if (record.deletion) throw wrong("You tried to perform the operation on a secret that's currently marked deleted.")
    const due = call.now + Number(days ?? 30) * day
    saveSecret(call, { ...record, deletion: { asked: call.now, due } })
    return { ARN: record.ARN, Name: record.Name, DeletionDate: new Date(due) }
  },

  RestoreSecret: (input, call) => {
    const record = findSecret(call, given(input.SecretId, "secretId", "ValidationException"))
    saveSecret(call, { ...record, deletion: undefined, changed: call.now })
    return { ARN: record.ARN, Name: record.Name }
  },
})

const day = 24 * 3600 * 1000

const refuseForeignDeletion = ({ OwningService }: SecretRecord): void => {
  if (OwningService !== undefined) throw wrong(`You can't delete this secret because it's managed by ${OwningService}.`)
}
