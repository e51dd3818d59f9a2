/** What is worth knowing at once when it happens in an account. */
export interface ChangeRule {
  readonly name: string
  /** The number of the control in CIS AWS Foundations 7.0. */
  readonly control: string
  readonly what: string
  /** Of the events that a trail writes, in CloudWatch's language of filters. */
  readonly pattern: string
}

/** The order of the names within a pattern is that of the benchmark: checkers compare it so. */
export const changeRules: readonly ChangeRule[] = [
  {
    name: "unauthorized-calls",
    control: "5.1",
    what: "Calls were refused for want of permission: a mistake, or somebody who tries what keys can do.",
    pattern:
      '{ (($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*")) && ($.sourceIPAddress != "delivery.logs.amazonaws.com") && ($.eventName != "HeadBucket") }',
  },
  {
    name: "sign-in-without-mfa",
    control: "5.2",
    what: "Somebody signed in to the console with a password alone.",
    pattern:
      '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") && ($.userIdentity.type = "IAMUser") && ($.responseElements.ConsoleLogin = "Success") }',
  },
  {
    name: "root-used",
    control: "5.3",
    what: "The root user did something: it is to be used for nothing that others can do.",
    pattern:
      '{ ($.userIdentity.type = "Root") && ($.userIdentity.invokedBy NOT EXISTS) && ($.eventType != "AwsServiceEvent") }',
  },
  {
    name: "iam-policies",
    control: "5.4",
    what: "Somebody changed who may do what.",
    pattern: on("iam.amazonaws.com", [
      ...["DeleteGroupPolicy", "DeleteRolePolicy", "DeleteUserPolicy", "PutGroupPolicy", "PutRolePolicy"],
      ...["PutUserPolicy", "CreatePolicy", "DeletePolicy", "CreatePolicyVersion", "DeletePolicyVersion"],
      ...["AttachRolePolicy", "DetachRolePolicy", "AttachUserPolicy", "DetachUserPolicy", "AttachGroupPolicy"],
      "DetachGroupPolicy",
    ]),
  },
  {
    name: "trail-changes",
    control: "5.5",
    what: "Somebody changed or stopped a trail: what was done after that may not be written down.",
    pattern: on("cloudtrail.amazonaws.com", [
      ...["CreateTrail", "UpdateTrail", "DeleteTrail", "StartLogging", "StopLogging"],
    ]),
  },
  {
    name: "failed-sign-ins",
    control: "5.6",
    what: "Somebody could not sign in to the console.",
    pattern: '{ ($.eventName = "ConsoleLogin") && ($.errorMessage = "Failed authentication") }',
  },
  {
    name: "keys-disabled",
    control: "5.7",
    what: "Somebody disabled a KMS key, or has it deleted: what was written under it cannot be read then.",
    pattern: on("kms.amazonaws.com", ["DisableKey", "ScheduleKeyDeletion"]),
  },
  {
    name: "bucket-policies",
    control: "5.8",
    what: "Somebody changed who may read or write a bucket.",
    pattern: on("s3.amazonaws.com", [
      ...["PutBucketAcl", "PutBucketPolicy", "PutBucketCors", "PutBucketLifecycle", "PutBucketReplication"],
      ...["DeleteBucketPolicy", "DeleteBucketCors", "DeleteBucketLifecycle", "DeleteBucketReplication"],
    ]),
  },
  {
    name: "config-changes",
    control: "5.9",
    what: "Somebody changed or stopped what records the account.",
    pattern: on("config.amazonaws.com", [
      ...["StopConfigurationRecorder", "DeleteDeliveryChannel", "PutDeliveryChannel", "PutConfigurationRecorder"],
    ]),
  },
  {
    name: "security-groups",
    control: "5.10",
    what: "Somebody changed what may reach machines.",
    pattern: on("ec2.amazonaws.com", [
      ...["AuthorizeSecurityGroupIngress", "AuthorizeSecurityGroupEgress", "RevokeSecurityGroupIngress"],
      ...["RevokeSecurityGroupEgress", "CreateSecurityGroup", "DeleteSecurityGroup"],
    ]),
  },
  {
    name: "network-acls",
    control: "5.11",
    what: "Somebody changed what may reach subnets.",
    pattern: on("ec2.amazonaws.com", [
      ...["CreateNetworkAcl", "CreateNetworkAclEntry", "DeleteNetworkAcl", "DeleteNetworkAclEntry"],
      ...["ReplaceNetworkAclEntry", "ReplaceNetworkAclAssociation"],
    ]),
  },
  {
    name: "gateways",
    control: "5.12",
    what: "Somebody changed a network's way out.",
    pattern: on("ec2.amazonaws.com", [
      ...["CreateCustomerGateway", "DeleteCustomerGateway", "AttachInternetGateway", "CreateInternetGateway"],
      ...["DeleteInternetGateway", "DetachInternetGateway"],
    ]),
  },
  {
    name: "routes",
    control: "5.13",
    what: "Somebody changed where traffic goes.",
    pattern: on("ec2.amazonaws.com", [
      ...["CreateRoute", "CreateRouteTable", "ReplaceRoute", "ReplaceRouteTableAssociation", "DeleteRouteTable"],
      ...["DeleteRoute", "DisassociateRouteTable"],
    ]),
  },
  {
    name: "networks",
    control: "5.14",
    what: "Somebody made, changed, joined or deleted a network.",
    pattern: on("ec2.amazonaws.com", [
      ...["CreateVpc", "DeleteVpc", "ModifyVpcAttribute", "AcceptVpcPeeringConnection"],
      ...["CreateVpcPeeringConnection", "DeleteVpcPeeringConnection", "RejectVpcPeeringConnection"],
      ...["AttachClassicLinkVpc", "DetachClassicLinkVpc", "DisableVpcClassicLink", "EnableVpcClassicLink"],
    ]),
  },
  {
    name: "organization",
    control: "5.15",
    what: "Somebody changed the organization that the account belongs to.",
    pattern: on("organizations.amazonaws.com", [
      ...["AcceptHandshake", "AttachPolicy", "CreateAccount", "CreateOrganizationalUnit", "CreatePolicy"],
      ...["DeclineHandshake", "DeleteOrganization", "DeleteOrganizationalUnit", "DeletePolicy", "DetachPolicy"],
      ...["DisablePolicyType", "EnablePolicyType", "InviteAccountToOrganization", "LeaveOrganization"],
      ...["MoveAccount", "RemoveAccountFromOrganization", "UpdatePolicy", "UpdateOrganizationalUnit"],
    ]),
  },
]

/** Whichever of these a service was asked for. */
function on(source: string, names: readonly string[]): string {
  return `{ ($.eventSource = ${source}) && (${names.map((name) => `($.eventName = ${name})`).join(" || ")}) }`
}
