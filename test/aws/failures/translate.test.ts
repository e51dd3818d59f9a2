import { describe, expect, it } from "vitest"
import { translate } from "../../../src/aws/failures/translate.ts"
import { Locked, type UserError } from "../../../src/errors.ts"

const asker = { region: "us-east-1" }

/** As the SDK throws it. */
const thrown = (code: string, message = "", status: number | "none" = 400, more: object = {}) =>
  Object.assign(new Error(message), {
    name: code,
    $metadata: { requestId: "req-1", ...(status !== "none" && { httpStatusCode: status }) },
    ...more,
  })

function translated(operation: string, error: unknown, input: object = {}, who: object = {}): UserError {
  const [service = "", name = ""] = operation.split(":")
  // What comes back here is one of ours; the tests check which.
  return translate(error, { service, name }, input, { ...asker, ...who }) as UserError
}

describe("codes", () => {
  it.each([
    ["ec2:DescribeVpcs", "InvalidVpcID.NotFound", "", "NotFound"],
    ["ec2:DescribeNatGateways", "NatGatewayNotFound", "", "NotFound"],
    ["ec2:DetachInternetGateway", "Gateway.NotAttached", "", "NotFound"],
    ["iam:GetRole", "NoSuchEntity", "", "NotFound"],
    ["s3:GetObject", "NoSuchKey", "", "NotFound"],
    ["s3:HeadBucket", "NoSuchBucket", "", "NotFound"],
    ["s3:GetBucketEncryption", "ServerSideEncryptionConfigurationNotFoundError", "", "NotFound"],
    ["ssm:GetParameter", "ParameterNotFound", "", "NotFound"],
    ["iam:CreateRole", "EntityAlreadyExists", "", "AlreadyExists"],
    ["iam:AddRoleToInstanceProfile", "LimitExceeded", "cannot exceed quota", "AlreadyExists"],
    ["ec2:CreateSecurityGroup", "InvalidGroup.Duplicate", "", "AlreadyExists"],
    ["ec2:ImportKeyPair", "InvalidKeyPair.Duplicate", "", "AlreadyExists"],
    ["ssm:PutParameter", "ParameterAlreadyExists", "", "AlreadyExists"],
    ["s3:CreateBucket", "BucketAlreadyOwnedByYou", "", "AlreadyExists"],
    ["s3:CreateBucket", "BucketAlreadyExists", "", "AlreadyExists"],
    ["ec2:CreateSubnet", "InvalidSubnet.Conflict", "", "AlreadyExists"],
    ["ec2:CreateRoute", "RouteAlreadyExists", "", "AlreadyExists"],
    ["ec2:AuthorizeSecurityGroupIngress", "InvalidPermission.Duplicate", "", "AlreadyExists"],
    ["ec2:AttachInternetGateway", "Resource.AlreadyAssociated", "", "AlreadyExists"],
    ["ec2:DeleteVpc", "DependencyViolation", "", "StillInUse"],
    ["iam:DeleteRole", "DeleteConflict", "", "StillInUse"],
    ["ec2:ReleaseAddress", "InvalidIPAddress.InUse", "", "StillInUse"],
    ["ec2:ReleaseAddress", "AuthFailure", "you do not have permission to access this", "StillInUse"],
    ["s3:DeleteBucket", "BucketNotEmpty", "", "StillInUse"],
    ["ec2:DeleteVolume", "VolumeInUse", "", "StillInUse"],
    ["ec2:RunInstances", "InvalidParameterValue", "Invalid IAM Instance Profile name", "NotYet"],
    ["ec2:RunInstances", "InvalidParameterValue", 'IAM Instance Profile "x" has no associated IAM Roles', "NotYet"],
    ["ec2:RunInstances", "InvalidParameterValue", "the value is out of range", "AwsError"],
    ["ec2:CreateNatGateway", "Gateway.NotAttached", "", "NotYet"],
    ["s3:PutBucketPolicy", "MalformedPolicy", "Invalid principal in policy", "NotYet"],
    ["s3:PutBucketPolicy", "MalformedPolicy", "Policy has invalid resource", "AwsError"],
    ["iam:CreateRole", "ConcurrentModification", "", "NotYet"],
    ["ssm:SendCommand", "InvalidInstanceId", "", "NotYet"],
    ["rds:RestoreDBInstanceFromDBSnapshot", "InvalidDBSnapshotState", "", "NotYet"],
    ["rds:CopyDBSnapshot", "InvalidDBSnapshotState", "", "NotYet"],
    ["rds:DeleteDBSnapshot", "InvalidDBSnapshotState", "", "AwsError"],
    ["ec2:StopInstances", "IncorrectInstanceState", "", "NotYet"],
    ["ec2:RunInstances", "InsufficientInstanceCapacity", "", "NoCapacity"],
    ["ec2:CreateVpc", "VpcLimitExceeded", "", "QuotaReached"],
    ["iam:CreateRole", "LimitExceeded", "", "QuotaReached"],
    ["ec2:AllocateAddress", "AddressLimitExceeded", "", "QuotaReached"],
    ["s3:CreateBucket", "TooManyBuckets", "", "QuotaReached"],
    ["ec2:RunInstances", "IdempotentParameterMismatch", "", "AwsError"],
    ["ec2:CreateVpc", "InvalidVpc.Range", "the CIDR '10.0.0.0/8' is invalid", "AwsError"],
    ["ec2:CreateVpc", "RequestLimitExceeded", "", "AwsError"],
  ])("%s answered with %s (%s) is %s", (operation, code, message, name) => {
    expect(translated(operation, thrown(code, message))).toMatchObject({ name, code, requestId: "req-1" })
  })
})

describe("a message", () => {
  it("begins in lower case with the operation and says what AWS says, in one line", () => {
    const error = translated("ec2:CreateVpc", thrown("InvalidVpc.Range", "The CIDR '10.0.0.0/8'\n is invalid."))
    expect(error.message).toBe("ec2:CreateVpc: the CIDR '10.0.0.0/8' is invalid (InvalidVpc.Range)")
  })

  it("names what was asked for where AWS does not, as after a HEAD", () => {
    const error = translated("s3:HeadBucket", thrown("NotFound", "", 404), { Bucket: "logs" })
    expect(error.message).toBe("s3:HeadBucket: NotFound: logs")
  })

  it("names the bucket, not the object, where the bucket is missing", () => {
    const error = translated("s3:GetObject", thrown("NoSuchBucket", "", 404), { Bucket: "logs", Key: "a" })
    expect(error.message).toBe("s3:GetObject: NoSuchBucket: logs")
  })

  it("never has a value in it that may be secret", () => {
    const input = { Name: "/smart0dte/poc/key", Value: "hunter2" }
    const error = translated("ssm:PutParameter", thrown("ValidationException", "Value is too long"), input)
    expect(error.message).toBe("ssm:PutParameter: value is too long: /smart0dte/poc/key (ValidationException)")
  })
})

describe("a machine that the free plan does not have", () => {
  it("is refused with what can be done about it", () => {
    const message = "The specified instance type is not eligible for Free Tier."
    const error = translated("ec2:RunInstances", thrown("InvalidParameterCombination", message))
    expect(error.hint).toContain("the account is on AWS's free plan")
    expect(translated("ec2:RunInstances", thrown("InvalidParameterCombination", "no")).hint).toBeUndefined()
  })
})

describe("what is said as if a permission were missing", () => {
  it.each([
    ["Failed to list Cost Allocation Tags: Linked account doesn't have access to cost allocation tags.", "pays"],
    ["User not enabled for cost explorer access", "open Cost Explorer once in the console"],
  ])("by a bill (%s) is told as what it is, with what helps", (message, hint) => {
    const error = translated("costexplorer:ListCostAllocationTags", thrown("AccessDeniedException", message))
    expect(error).toMatchObject({ name: "AwsError", exitCode: 1 })
    expect(error.message.toLowerCase()).toContain(message.toLowerCase().replace(/\.$/, ""))
    expect(error.hint).toContain(hint)
    expect(error.hint).toContain("--without cost-tags")
  })

  it("is a missing permission where AWS names it", () => {
    const message = "User: arn:aws:iam::1:user/a is not authorized to perform: ce:ListCostAllocationTags"
    const error = translated("costexplorer:ListCostAllocationTags", thrown("AccessDeniedException", message))
    expect(error).toMatchObject({ name: "NoAccess", hint: "ask for a policy that allows ce:ListCostAllocationTags" })
  })
})

describe("access", () => {
  it.each([
    [
      "ec2:CreateVpc",
      "UnauthorizedOperation",
      "You are not authorized to perform this operation. User: arn:aws:iam::1:user/a is not authorized to perform: " +
        "ec2:CreateVpc on resource: arn:aws:ec2:us-east-1:1:vpc/* because no identity-based policy allows the " +
        "ec2:CreateVpc action. Encoded authorization failure message: xyz",
      "ec2:CreateVpc is missing on arn:aws:ec2:us-east-1:1:vpc/* by arn:aws:iam::1:user/a",
      "sts decode-authorization-message",
    ],
    ["ec2:CreateVpc", "UnauthorizedOperation", "You are not authorized.", "ec2:CreateVpc is missing", "ec2:CreateVpc"],
    [
      "iam:CreateRole",
      "AccessDenied",
      "User: arn:aws:iam::1:user/a is not authorized to perform: iam:CreateRole on resource: arn:aws:iam::1:role/r " +
        "with an explicit deny in a service control policy",
      "iam:CreateRole is missing on arn:aws:iam::1:role/r",
      "a service control policy denies it",
    ],
    ["s3:HeadBucket", "Unknown", "", "s3:ListBucket is missing on arn:aws:s3:::logs", "in another account"],
    ["s3:PutPublicAccessBlock", "AccessDenied", "Access Denied", "s3:PutBucketPublicAccessBlock is missing", "ask for"],
    ["ssm:GetParameter", "AccessDeniedException", "", "ssm:GetParameter is missing", "ask for"],
  ])("%s forbidden by %s (%s) names what is missing", (operation, code, message, says, hint) => {
    const input = operation.startsWith("s3:") ? { Bucket: "logs" } : {}
    const error = translated(operation, thrown(code, message, 403), input)
    expect(error).toMatchObject({ name: "NoAccess", exitCode: 6 })
    expect(error.message).toContain(says)
    expect(error.hint).toContain(hint)
    expect(error.message + error.hint).not.toContain("xyz")
  })

  it.each([
    ["ExpiredToken", 403, "has expired"],
    ["ExpiredTokenException", 400, "has expired"],
    ["RequestExpired", 400, "has expired"],
    ["InvalidClientTokenId", 403, "does not accept these credentials"],
    ["UnrecognizedClientException", 400, "does not accept these credentials"],
    ["SignatureDoesNotMatch", 403, "does not accept these credentials"],
    ["InvalidAccessKeyId", 403, "does not accept these credentials"],
    ["OptInRequired", 401, "may not use ec2 yet"],
  ])("%s is said as what it means to the user", (code, status, says) => {
    const error = translated("ec2:DescribeVpcs", thrown(code, "", status))
    expect(error).toMatchObject({ name: "NoAccess", message: expect.stringContaining(says) })
  })

  it("AuthFailure is about the credentials only where it says so", () => {
    const validated = thrown("AuthFailure", "AWS was not able to validate the provided access credentials", 401)
    expect(translated("ec2:DescribeVpcs", validated).message).toContain("does not accept these credentials")
    const foreign = thrown("AuthFailure", "not authorized for images: [ami-1]", 400)
    expect(translated("ec2:RunInstances", foreign).name).toBe("AwsError")
  })

  it.each([
    ["Could not load credentials from any providers", "there are no AWS credentials", "--profile"],
    [
      "Could not resolve credentials using profile: [dev] in configuration/credentials file(s).",
      '"dev"',
      "list-profiles",
    ],
    ["The SSO session associated with this profile has expired.", "has expired", "aws sso login --profile dev"],
    ["Profile dev requires multi-factor authentication", "wants a second factor", "log in"],
    ["Something of its own", "cannot be used: Something of its own", "log in"],
  ])("what the credential chain says (%s) becomes two lines", (message, says, hint) => {
    const error = translated(
      "sts:GetCallerIdentity",
      thrown("CredentialsProviderError", message, "none"),
      {},
      { profile: "dev" },
    )
    expect(error).toMatchObject({ name: "NoAccess", message: expect.stringContaining(says) })
    expect(error.hint).toContain(hint)
  })

  it("a wrong clock is told from an expired session, and by how much it is wrong", () => {
    const date = new Date(Date.now() + 20 * 60_000).toUTCString()
    const skewed = thrown("RequestExpired", "", 400, { $response: { headers: { date } } })
    const error = translated("ec2:DescribeVpcs", skewed)
    expect(error.message).toBe("this machine's clock is 20 minutes behind, which AWS does not accept")
    expect(error.hint).toContain("timedatectl")
  })
})

describe("quotas", () => {
  it("say what is used up and where to ask for more", () => {
    const error = translated("ec2:AllocateAddress", thrown("AddressLimitExceeded"))
    expect(error.message).toBe("ec2:AllocateAddress: the account may not have more elastic IP addresses per region")
    expect(error.hint).toContain("us-east-1.console.aws.amazon.com/servicequotas/home/services/ec2/quotas/L-0263D0A3")
  })
})

describe("no answer", () => {
  const node = (code: string, more: object = {}) => Object.assign(new Error(code), { code, $metadata: {}, ...more })

  it.each([
    ["ECONNRESET", node("ECONNRESET")],
    ["TimeoutError", thrown("TimeoutError", "", "none")],
    ["InternalError", thrown("InternalError", "", 500)],
  ])("(%s) leaves unknown whether a change was made, and a question unanswered", (code, error) => {
    expect(translated("ec2:DeleteVpc", error)).toMatchObject({ name: "OutcomeUnknown", code })
    expect(translated("ec2:DescribeVpcs", error)).toMatchObject({ name: "AwsError", code })
  })

  it("from a name that has no address says which, and looks at the region", () => {
    const error = node("ENOTFOUND", { hostname: "sts.us-east-9.amazonaws.com" })
    expect(translated("sts:GetCallerIdentity", error, {}, { region: "us-east-9" })).toMatchObject({
      message: "there is no address for sts.us-east-9.amazonaws.com",
      hint: 'check the region "us-east-9" and this machine\'s network',
    })
    expect(translated("sts:GetCallerIdentity", error, {}, { region: "useast9" }).name).toBe("Usage")
  })

  it("from a host that cannot be reached says which", () => {
    const error = node("ECONNREFUSED", { address: "127.0.0.1" })
    expect(translated("ec2:CreateVpc", error).message).toBe("127.0.0.1 cannot be reached (ECONNREFUSED)")
  })

  it("that can be trusted names the certificate", () => {
    const error = node("SELF_SIGNED_CERT_IN_CHAIN")
    expect(translated("ec2:CreateVpc", error).hint).toContain("NODE_EXTRA_CA_CERTS")
  })
})

describe("what is not AWS's doing", () => {
  it("stays what it is", () => {
    const ours = new Locked("x")
    const bug = new TypeError("undefined is not a function")
    expect(translated("ec2:CreateVpc", ours)).toBe(ours)
    expect(translated("ec2:CreateVpc", bug)).toBe(bug)
  })
})
