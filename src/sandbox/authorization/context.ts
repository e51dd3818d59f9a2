import type { Caller } from "../keyring.ts"
import type { Call } from "../service.ts"
import { roles } from "../services/iam/records.ts"
import { userIdOf } from "../services/iam/user-id.ts"
import { users } from "../services/iam/user-records.ts"
import type { Context } from "./conditions.ts"

/** Whoever asks, with the session whose keys he signs with. */
interface Asking extends Pick<Caller, "arn"> {
  readonly session?: Caller["session"] | undefined
}

/** What conditions may ask of every request. A key without a value is one that this request does not have. */
export const contextOf = (call: Call, { arn, session }: Asking): Context => {
  const name = /:user\/(?:.*\/)?([^/]+)$/.exec(arn)?.[1]
  const role = /:assumed-role\/([^/]+)\//.exec(arn)?.[1]
  const user = name === undefined ? undefined : users(call).get(name)
  const bearer = role === undefined ? user : roles(call).get(role)
  const tags = bearer?.Tags ?? []
  return {
    ...Object.fromEntries(ABSENT.map((key) => [key, undefined])),
    ...Object.fromEntries(tags.map(({ Key, Value }) => [`aws:PrincipalTag/${Key}`, Value])),
    ...session?.Claims,
    "aws:CurrentTime": new Date(call.now).toISOString(),
    // Long-lived keys say nothing of a second factor; what STS lends says that there was one, or none.
    "aws:MultiFactorAuthPresent": session ? String(session.Mfa !== undefined) : undefined,
    "aws:MultiFactorAuthAge":
      session?.Mfa === undefined ? undefined : String(Math.floor((call.now - session.Mfa) / 1000)),
    "aws:PrincipalAccount": call.account,
    "aws:PrincipalArn": role === undefined ? arn : roles(call).get(role)?.Arn,
    "aws:PrincipalIsAWSService": "false",
    "aws:PrincipalType": role === undefined ? "User" : "AssumedRole",
    "aws:RequestedRegion": call.region,
    "aws:SecureTransport": "true",
    "aws:TokenIssueTime": session && new Date(session.Issued).toISOString(),
    "aws:ViaAWSService": "false",
    "aws:userid": userIdOf(call, arn),
    "aws:username": name,
  }
}

/** Keys of some services' requests: elsewhere they are not there, and a condition that wants them does not hold. */
const ABSENT = [
  "aws:SourceAccount",
  "aws:SourceArn",
  "aws:TagKeys",
  "cloudwatch:namespace",
  "ec2:CreateAction",
  "iam:AWSServiceName",
  "iam:PassedToService",
  "iam:PermissionsBoundary",
  "iam:PolicyARN",
  "route53:ChangeResourceRecordSetsActions",
  "route53:ChangeResourceRecordSetsRecordTypes",
  "s3:prefix",
  "secretsmanager:BlockPublicPolicy",
  "secretsmanager:SecretId",
  "secretsmanager:VersionStage",
  "ssm:SessionDocumentAccessCheck",
  "sts:ExternalId",
  "sts:RoleSessionName",
]
