import { type Call, Refusal } from "../../service.ts"
import { reasonOf, requester, verdictOn } from "../permission.ts"
import { type SecretRecord, secretWith } from "./records.ts"

/** IAM is asked first: who may not read a secret does not learn either whether it is there. */
export const refuseStrangers = (call: Call, id: string, stage: string | undefined): void => {
  const record = secretWith(call, id)
  const tags = record?.Tags ?? []
  const context = {
    "secretsmanager:SecretId": id,
    // Only what the request says counts, also where AWSCURRENT is meant.
    "secretsmanager:VersionStage": stage,
    ...Object.fromEntries(tags.map(({ Key, Value }) => [`secretsmanager:ResourceTag/${Key}`, Value])),
    ...Object.fromEntries(tags.map(({ Key, Value }) => [`aws:ResourceTag/${Key}`, Value])),
    ...requester(call),
  }
  const verdict = verdictOn(call, { action, resource: record?.ARN ?? arnFor(call, id), context }, policyOf(record))
  if (verdict === "allowed") return
  const what = `User: ${call.callerArn} is not authorized to perform: ${action} on resource: ${id}`
  throw new Refusal("AccessDeniedException", `${what} ${reasonOf(verdict, action)}`, 400)
}

const action = "secretsmanager:GetSecretValue"

const arnFor = ({ account, partition, region }: Call, id: string): string =>
  id.startsWith("arn:") ? id : `arn:${partition}:secretsmanager:${region}:${account}:secret:${id}`

const policyOf = (record: SecretRecord | undefined) =>
  record?.Policy === undefined ? undefined : { document: record.Policy, roleIds: record.PolicyRoles ?? {} }
