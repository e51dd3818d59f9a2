import { provesRefusals, type Row } from "../refusal-table.ts"
import { type Ground, ground, token } from "./ground.ts"

const api = (operation: string) => `Secrets Manager API reference: ${operation}`
const seen = "message reported by users of AWS"
const moto = "moto's Secrets Manager"
const ours = "the sandbox's own: not served"

const SecretId = "app/password"
const fresh = { ClientRequestToken: token("fresh") }
const creating = (more: object) => (aws: Ground) => aws.refused("CreateSecret", { Name: "app/new", ...fresh, ...more })
const putting = (more: object) => (aws: Ground) =>
  aws.refused("PutSecretValue", { SecretId, SecretString: "x", ...fresh, ...more })
const deleting = (more: object) => (aws: Ground) => aws.refused("DeleteSecret", { SecretId, ...more })
const policy = (Statement: unknown) => (aws: Ground) =>
  aws.refused("PutResourcePolicy", { SecretId, ResourcePolicy: JSON.stringify({ Statement }), BlockPublicPolicy: true })

const rows: readonly Row<Ground>[] = [
  ["a name that is taken", "ResourceExistsException: app/password already exists", moto, creating({ Name: SecretId })],
  [
    "a name whose secret is on its way out",
    "InvalidRequestException: You can't create this secret because a secret with this name is already scheduled",
    seen,
    creating({ Name: "app/leaving" }),
  ],
  [
    "another value under the token of the first",
    "ResourceExistsException: already in use for a version",
    moto,
    creating({ Name: SecretId, ClientRequestToken: token("first"), SecretString: "x" }),
  ],
  [
    "another value under the token of a version",
    "ResourceExistsException: already in use for a version",
    api("PutSecretValue"),
    putting({ ClientRequestToken: token("first") }),
  ],
  [
    "an update under the token of a version",
    "ResourceExistsException: already in use for a version",
    api("UpdateSecret"),
    (aws) => aws.refused("UpdateSecret", { SecretId, SecretString: "hunter2", ClientRequestToken: token("first") }),
  ],
  ["no token", "InvalidRequestException: UUID-type", seen, creating({ ClientRequestToken: undefined })],
  ["a name with a space", "ValidationException: Must be a valid name", seen, creating({ Name: "a b" })],
  ["no name", "ValidationException: 'name'", api("CreateSecret"), creating({ Name: undefined })],
  ["no id", "ValidationException: 'secretId'", api("PutSecretValue"), putting({ SecretId: undefined })],
  ["no value", "InvalidRequestException: SecretString or SecretBinary", seen, putting({ SecretString: undefined })],
  [
    "a label of AWS's own",
    "InvalidParameterException: AWSPREVIOUS",
    api("PutSecretValue"),
    putting({ VersionStages: ["AWSPREVIOUS"] }),
  ],
  [
    "one secret too many",
    "LimitExceededException: 2 secrets",
    api("CreateSecret"),
    (aws) => {
      aws.quotas.set("Secrets", 2)
      return creating({})(aws)
    },
  ],
  ["bytes", "NotImplemented: SecretBinary", ours, creating({ SecretBinary: new Uint8Array([1]) })],
  [
    "a copy elsewhere",
    "NotImplemented: AddReplicaRegions",
    ours,
    creating({ AddReplicaRegions: [{ Region: "us-west-2" }] }),
  ],
  [
    "a secret that isn't there",
    "ResourceNotFoundException: can't find the specified secret.",
    seen,
    putting({ SecretId: "app/gone" }),
  ],
  [
    "a value that was never put",
    "ResourceNotFoundException: staging label: AWSCURRENT",
    seen,
    (aws) => aws.refused("GetSecretValue", { SecretId: "app/empty" }),
  ],
  [
    "an instance whose role nobody let to it",
    "AccessDeniedException: because no identity-based policy allows the secretsmanager:GetSecretValue action",
    seen,
    (aws) => {
      aws.be("arn:aws:sts::111122223333:assumed-role/node/i-0123456789abcdef0")
      return aws.refused("GetSecretValue", { SecretId })
    },
  ],
  [
    "a version under a label of another",
    "InvalidRequestException: not associated",
    seen,
    (aws) => aws.refused("GetSecretValue", { SecretId, VersionId: token("first"), VersionStage: "AWSPENDING" }),
  ],
  [
    "the value of one on its way out",
    "InvalidRequestException: marked for deletion",
    seen,
    (aws) => aws.refused("GetSecretValue", { SecretId: "app/leaving" }),
  ],
  [
    "its next value",
    "InvalidRequestException: marked for deletion",
    api("PutSecretValue"),
    putting({ SecretId: "app/leaving" }),
  ],
  [
    "a tag on it",
    "InvalidRequestException: marked for deletion",
    api("TagResource"),
    (aws) => aws.refused("TagResource", { SecretId: "app/leaving", Tags: [{ Key: "a", Value: "b" }] }),
  ],
  [
    "its second deletion",
    "InvalidRequestException: currently marked deleted",
    moto,
    deleting({ SecretId: "app/leaving" }),
  ],
  [
    "six days",
    "InvalidParameterException: between 7 and 30",
    api("DeleteSecret"),
    deleting({ RecoveryWindowInDays: 6 }),
  ],
  [
    "31 days",
    "InvalidParameterException: between 7 and 30",
    api("DeleteSecret"),
    deleting({ RecoveryWindowInDays: 31 }),
  ],
  [
    "days and none",
    "InvalidParameterException: in conjunction with",
    api("DeleteSecret"),
    deleting({ RecoveryWindowInDays: 7, ForceDeleteWithoutRecovery: true }),
  ],
  ["a tag of AWS's own", "InvalidParameterException: aws:x", moto, creating({ Tags: [{ Key: "aws:x", Value: "" }] })],
  [
    "one tag twice",
    "InvalidParameterException: unique",
    api("CreateSecret"),
    creating({ Tags: [{ Key: "a" }, { Key: "a" }] }),
  ],
  [
    "the 51st tag",
    "InvalidParameterException: at most 50",
    api("TagResource"),
    creating({ Tags: Array.from({ length: 51 }, (_, i) => ({ Key: `k${i}`, Value: "" })) }),
  ],
  ["a policy without statements", "MalformedPolicyDocumentException", api("PutResourcePolicy"), policy([])],
  [
    "a statement for nobody",
    "MalformedPolicyDocumentException",
    api("PutResourcePolicy"),
    policy({ Effect: "Allow", Action: "*", Resource: "*" }),
  ],
  [
    "a statement about nothing",
    "MalformedPolicyDocumentException: syntax error",
    api("PutResourcePolicy"),
    policy({ Effect: "Allow", Action: "*", Principal: "*" }),
  ],
  [
    "a statement about another service",
    "MalformedPolicyDocumentException: syntax error",
    api("PutResourcePolicy"),
    policy({ Effect: "Allow", Action: "s3:GetObject", Principal: "*", Resource: "*" }),
  ],
  [
    "a policy of another language",
    "MalformedPolicyDocumentException: syntax error",
    api("PutResourcePolicy"),
    (aws) => {
      const Statement = { Effect: "Deny", Action: "*", Principal: "*", Resource: "*" }
      const ResourcePolicy = JSON.stringify({ Version: "2026-01-01", Statement })
      return aws.refused("PutResourcePolicy", { SecretId, ResourcePolicy })
    },
  ],
  [
    "a statement for a role that does not exist",
    "MalformedPolicyDocumentException: unsupported principal",
    seen,
    policy({
      Effect: "Allow",
      Action: "*",
      Resource: "*",
      Principal: { AWS: "arn:aws:iam::111122223333:role/gone" },
    }),
  ],
  [
    "a policy for everybody",
    "PublicPolicyException",
    api("PutResourcePolicy"),
    policy({ Effect: "Allow", Action: "*", Principal: { AWS: "*" }, Resource: "*" }),
  ],
  [
    "a password without characters",
    "InvalidParameterException: empty",
    api("GetRandomPassword"),
    (aws) =>
      aws.refused("GetRandomPassword", {
        ExcludeLowercase: true,
        ExcludeNumbers: true,
        ExcludePunctuation: true,
        ExcludeUppercase: true,
      }),
  ],
  [
    "a password too short",
    "InvalidParameterException: too short",
    moto,
    (aws) => aws.refused("GetRandomPassword", { PasswordLength: 3 }),
  ],
  [
    "a token that was never given",
    "InvalidNextTokenException",
    api("ListSecrets"),
    (aws) => aws.refused("ListSecrets", { NextToken: "?" }),
  ],
  ["another order", "NotImplemented: descending", ours, (aws) => aws.refused("ListSecrets", { SortOrder: "desc" })],
  [
    "a filter for words",
    "NotImplemented: filtered by all",
    ours,
    (aws) => aws.refused("ListSecrets", { Filters: [{ Key: "all", Values: ["x"] }] }),
  ],
]

provesRefusals(new URL("../../../../src/sandbox/services/secretsmanager/", import.meta.url), rows, ground)
