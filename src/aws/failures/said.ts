import type { Failure } from "./failure.ts"

/** AWS's sentence in our style, with the thing that was asked for where the sentence does not name it. */
export function saidBy(failure: Failure, input: object): string {
  const sentence = failure.message
    .replace(/\s*Encoded authorization failure message:.*$/s, "")
    .replace(/\s+/g, " ")
    .trim()
    .replace(/\.$/, "")
  const subject = subjectOf(input, /Bucket/.test(failure.code) ? ["Bucket"] : naming)
  const said = isSentence(sentence, failure) ? lowered(sentence) : failure.code
  return subject === undefined || said.includes(subject) ? said : `${said}: ${subject}`
}

// A HEAD has no body to say anything in; the SDK then puts a word of its own.
const isSentence = (text: string, { code }: Failure): boolean =>
  text !== "" && text !== code && !/^Unknown(Error)?$/.test(text)

const lowered = (text: string): string =>
  /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text

// From the narrowest to the widest: an object is asked for with its bucket.
const naming = [
  "Key",
  "Bucket",
  "Name",
  "FinalDBSnapshotIdentifier",
  "DBInstanceIdentifier",
  "DBSubnetGroupName",
  "DBParameterGroupName",
  "SecretId",
  "ReplicationGroupId",
  "CacheSubnetGroupName",
  "CacheParameterGroupName",
  "UserGroupId",
  "UserId",
  "InstanceProfileName",
  "RoleName",
  "PolicyArn",
  "UserName",
  "KeyName",
  "GroupName",
  "GroupId",
  "AllocationId",
  "NatGatewayId",
  "RouteTableId",
  "InternetGatewayId",
  "SubnetId",
  "InstanceId",
  "InstanceType",
  "CidrBlock",
  "VpcId",
]

/** Only what names a thing: other values may be secret. */
function subjectOf(input: object, names: readonly string[]): string | undefined {
  const fields: Readonly<Record<string, unknown>> = { ...input }
  return names.map((key) => fields[key]).find((value) => typeof value === "string")
}
