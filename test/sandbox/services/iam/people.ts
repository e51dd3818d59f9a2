import { codeAt, STEP } from "../../../../src/sandbox/services/iam/totp.ts"
import { allow, core, type Ground, ground } from "./ground.ts"

export type Name = Parameters<Ground["run"]>[0]

/** What a table of inputs can name. */
export interface There {
  readonly AccessKeyId: string
  readonly PolicyArn: string
  /** One that hangs nowhere, and has one version. */
  readonly lone: string
  readonly provider: string
  /** A device that is nobody's, with the codes that it shows, and one that is the user's. */
  readonly device: string
  readonly codes: readonly [string, string]
  readonly owned: string
  /** What opens other services, of another user. */
  readonly ssh: string
  readonly service: string
  readonly certificate: string
}

export const url = "https://token.actions.githubusercontent.com"

const SSHPublicKeyBody = "ssh-rsa AAAAB3NzaC1yc2E="
const CertificateBody = "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----"
const ServiceName = "codecommit.amazonaws.com"

/** A user with a key, a password and a device, in a group; one with what opens other services; a policy; a provider. */
export const people = (): There & { readonly aws: Ground } => {
  const aws = ground()
  aws.run("CreateUser", { UserName: "ann", Path: "/smart0dte/" })
  aws.run("CreateUser", { UserName: "bob" })
  aws.run("CreateUser", { UserName: "eve" })
  aws.run("CreateGroup", { GroupName: "admins" })
  aws.run("CreateGroup", { GroupName: "others" })
  aws.run("AddUserToGroup", { GroupName: "admins", UserName: "ann" })
  aws.run("CreateLoginProfile", { UserName: "ann", Password: "Sandbox-1" })
  aws.run("PutUserPolicy", { UserName: "ann", PolicyName: "own", PolicyDocument: allow() })
  aws.run("PutGroupPolicy", { GroupName: "admins", PolicyName: "own", PolicyDocument: allow() })
  aws.run("AttachUserPolicy", { UserName: "ann", PolicyArn: core })
  aws.run("AttachGroupPolicy", { GroupName: "admins", PolicyArn: core })
  const { Policy } = aws.run("CreatePolicy", { PolicyName: "own", PolicyDocument: allow() })
  const PolicyArn = Policy?.Arn ?? ""
  aws.run("CreatePolicyVersion", { PolicyArn, PolicyDocument: allow() })
  const lone = aws.run("CreatePolicy", { PolicyName: "lone", PolicyDocument: allow() }).Policy?.Arn ?? ""
  const { AccessKey } = aws.run("CreateAccessKey", { UserName: "ann" })
  const provider = aws.run("CreateOpenIDConnectProvider", { Url: url }).OpenIDConnectProviderArn ?? ""
  const [device, owned] = ["phone", "other"].map((VirtualMFADeviceName) => {
    const made = aws.run("CreateVirtualMFADevice", { VirtualMFADeviceName }).VirtualMFADevice
    const seed = Buffer.from(made?.Base32StringSeed ?? "").toString()
    return { serial: made?.SerialNumber ?? "", codes: codesOf(seed) }
  })
  const [AuthenticationCode1 = "", AuthenticationCode2 = ""] = owned?.codes ?? []
  aws.run("EnableMFADevice", {
    ...{ UserName: "ann", SerialNumber: owned?.serial, AuthenticationCode1, AuthenticationCode2 },
  })
  const ssh = aws.run("UploadSSHPublicKey", { UserName: "eve", SSHPublicKeyBody }).SSHPublicKey
  const service = aws.run("CreateServiceSpecificCredential", { UserName: "eve", ServiceName })
  const certificate = aws.run("UploadSigningCertificate", { UserName: "eve", CertificateBody }).Certificate
  return {
    aws,
    ssh: ssh?.SSHPublicKeyId ?? "",
    service: service.ServiceSpecificCredential?.ServiceSpecificCredentialId ?? "",
    certificate: certificate?.CertificateId ?? "",
    PolicyArn,
    lone,
    provider,
    AccessKeyId: AccessKey?.AccessKeyId ?? "",
    device: device?.serial ?? "",
    codes: device?.codes ?? ["", ""],
    owned: owned?.serial ?? "",
  }
}

/** Those that an app shows now, and half a minute later. */
export const codesOf = (seed: string): readonly [string, string] => [
  codeAt(seed, Date.now()),
  codeAt(seed, Date.now() + STEP),
]

const Tags = [{ Key: "a", Value: "b" }]
const UserName = "ann"
const GroupName = "admins"
const PolicyDocument = allow()

type Inputs = (there: There) => object

const always =
  (input: object): Inputs =>
  () =>
    input

export const peopleRows: readonly (readonly [Name, Inputs])[] = [
  ["AddClientIDToOpenIDConnectProvider", ({ provider }) => ({ OpenIDConnectProviderArn: provider, ClientID: "x" })],
  ["AddUserToGroup", always({ GroupName, UserName: "bob" })],
  ["AttachGroupPolicy", always({ GroupName: "others", PolicyArn: core })],
  ["AttachUserPolicy", always({ UserName: "bob", PolicyArn: core })],
  ["CreateAccessKey", always({ UserName })],
  ["CreateGroup", always({ GroupName: "new" })],
  ["CreateLoginProfile", always({ UserName: "bob", Password: "Sandbox-1" })],
  [
    "CreateOpenIDConnectProvider",
    always({ Url: "https://example.com", ClientIDList: ["x"], ThumbprintList: [], Tags }),
  ],
  ["CreatePolicy", always({ PolicyName: "new", PolicyDocument, Tags })],
  ["CreatePolicyVersion", ({ PolicyArn }) => ({ PolicyArn, PolicyDocument })],
  ["CreateServiceSpecificCredential", always({ UserName: "bob", ServiceName })],
  ["CreateUser", always({ UserName: "new", Tags })],
  ["CreateVirtualMFADevice", always({ VirtualMFADeviceName: "new", Tags })],
  ["DeactivateMFADevice", ({ owned }) => ({ UserName, SerialNumber: owned })],
  ["DeleteAccessKey", ({ AccessKeyId }) => ({ UserName, AccessKeyId })],
  ["DeleteGroup", always({ GroupName: "others" })],
  ["DeleteGroupPolicy", always({ GroupName, PolicyName: "own" })],
  ["DeleteLoginProfile", always({ UserName })],
  ["DeleteOpenIDConnectProvider", ({ provider }) => ({ OpenIDConnectProviderArn: provider })],
  ["DeletePolicy", ({ lone }) => ({ PolicyArn: lone })],
  ["DeletePolicyVersion", ({ PolicyArn }) => ({ PolicyArn, VersionId: "v2" })],
  ["DeleteRolePermissionsBoundary", always({ RoleName: "node" })],
  ["DeleteServiceSpecificCredential", ({ service }) => ({ UserName: "eve", ServiceSpecificCredentialId: service })],
  ["DeleteSigningCertificate", ({ certificate }) => ({ UserName: "eve", CertificateId: certificate })],
  ["DeleteSSHPublicKey", ({ ssh }) => ({ UserName: "eve", SSHPublicKeyId: ssh })],
  ["DeleteUser", always({ UserName: "bob" })],
  ["DeleteUserPermissionsBoundary", always({ UserName })],
  ["DeleteUserPolicy", always({ UserName, PolicyName: "own" })],
  ["DeleteVirtualMFADevice", ({ device }) => ({ SerialNumber: device })],
  ["DetachGroupPolicy", always({ GroupName, PolicyArn: core })],
  ["DetachUserPolicy", always({ UserName, PolicyArn: core })],
  [
    "EnableMFADevice",
    ({ codes: [AuthenticationCode1, AuthenticationCode2], device }) => ({
      ...{ UserName: "bob", SerialNumber: device, AuthenticationCode1, AuthenticationCode2 },
    }),
  ],
  ["GetAccessKeyLastUsed", ({ AccessKeyId }) => ({ AccessKeyId })],
  ["GetGroup", always({ GroupName })],
  ["GetGroupPolicy", always({ GroupName, PolicyName: "own" })],
  ["GetLoginProfile", always({ UserName })],
  ["GetOpenIDConnectProvider", ({ provider }) => ({ OpenIDConnectProviderArn: provider })],
  ["GetPolicy", ({ PolicyArn }) => ({ PolicyArn })],
  ["GetPolicyVersion", ({ PolicyArn }) => ({ PolicyArn, VersionId: "v1" })],
  ["GetUser", always({ UserName })],
  ["GetUserPolicy", always({ UserName, PolicyName: "own" })],
  ["ListAccessKeys", always({ UserName })],
  ["ListAttachedGroupPolicies", always({ GroupName })],
  ["ListAttachedUserPolicies", always({ UserName })],
  ["ListEntitiesForPolicy", always({ PolicyArn: core })],
  ["ListGroupPolicies", always({ GroupName })],
  ["ListGroups", always({})],
  ["ListGroupsForUser", always({ UserName })],
  ["ListMFADevices", always({ UserName })],
  ["ListOpenIDConnectProviders", always({})],
  ["ListPolicies", always({ Scope: "Local", OnlyAttached: true })],
  ["ListPolicyTags", ({ PolicyArn }) => ({ PolicyArn })],
  ["ListPolicyVersions", ({ PolicyArn }) => ({ PolicyArn })],
  ["ListServiceSpecificCredentials", always({ UserName, ServiceName })],
  ["ListSigningCertificates", always({ UserName })],
  ["ListSSHPublicKeys", always({ UserName })],
  ["ListUserPolicies", always({ UserName })],
  ["ListUserTags", always({ UserName })],
  ["ListUsers", always({})],
  ["ListVirtualMFADevices", always({})],
  ["PutGroupPolicy", always({ GroupName, PolicyName: "new", PolicyDocument })],
  ["PutRolePermissionsBoundary", always({ RoleName: "node", PermissionsBoundary: core })],
  ["PutUserPermissionsBoundary", always({ UserName, PermissionsBoundary: core })],
  ["PutUserPolicy", always({ UserName: "bob", PolicyName: "new", PolicyDocument })],
  [
    "RemoveClientIDFromOpenIDConnectProvider",
    ({ provider }) => ({ OpenIDConnectProviderArn: provider, ClientID: "x" }),
  ],
  ["RemoveUserFromGroup", always({ GroupName, UserName })],
  ["SetDefaultPolicyVersion", ({ PolicyArn }) => ({ PolicyArn, VersionId: "v2" })],
  ["TagOpenIDConnectProvider", ({ provider }) => ({ OpenIDConnectProviderArn: provider, Tags })],
  ["TagPolicy", ({ PolicyArn }) => ({ PolicyArn, Tags })],
  ["TagUser", always({ UserName, Tags })],
  ["UntagOpenIDConnectProvider", ({ provider }) => ({ OpenIDConnectProviderArn: provider, TagKeys: ["a"] })],
  ["UntagPolicy", ({ PolicyArn }) => ({ PolicyArn, TagKeys: ["a"] })],
  ["UntagUser", always({ UserName, TagKeys: ["a"] })],
  ["UpdateAccessKey", ({ AccessKeyId }) => ({ UserName, AccessKeyId, Status: "Inactive" })],
  ["UpdateLoginProfile", always({ UserName, Password: "Sandbox-2" })],
  ["UploadSigningCertificate", always({ UserName: "bob", CertificateBody })],
  ["UploadSSHPublicKey", always({ UserName: "bob", SSHPublicKeyBody })],
]
