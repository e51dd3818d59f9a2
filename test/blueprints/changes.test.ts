import { describe, expect, it } from "vitest"
import { changeRules } from "../../src/blueprints/changes.ts"
import { fitsPattern } from "../../src/sandbox/services/logs/pattern.ts"

const call = (eventSource: string, eventName: string) => ({ eventSource: `${eventSource}.amazonaws.com`, eventName })

const signIn = (more: object, userIdentity: object = { type: "IAMUser" }) => ({
  eventName: "ConsoleLogin",
  userIdentity,
  responseElements: { ConsoleLogin: "Success" },
  ...more,
})

const refusedCall = (errorCode: string, more: object = {}) => ({
  ...call("ec2", "RunInstances"),
  errorCode,
  sourceIPAddress: "203.0.113.10",
  ...more,
})

/** Of each rule: an event at which it rings, and one that is nearly the same, at which it doesn't. */
const events: readonly (readonly [rule: string, rings: object, silent: object])[] = [
  ["unauthorized-calls", refusedCall("Client.UnauthorizedOperation"), refusedCall("Client.InstanceLimitExceeded")],
  ["unauthorized-calls", refusedCall("AccessDenied"), refusedCall("AccessDenied", { eventName: "HeadBucket" })],
  [
    "unauthorized-calls",
    refusedCall("AccessDeniedException"),
    refusedCall("AccessDenied", { sourceIPAddress: "delivery.logs.amazonaws.com" }),
  ],
  [
    "sign-in-without-mfa",
    signIn({ additionalEventData: { MFAUsed: "No" } }),
    signIn({ additionalEventData: { MFAUsed: "Yes" } }),
  ],
  [
    "root-used",
    { userIdentity: { type: "Root" }, eventType: "AwsApiCall" },
    { userIdentity: { type: "Root", invokedBy: "support.amazonaws.com" }, eventType: "AwsApiCall" },
  ],
  [
    "root-used",
    { userIdentity: { type: "Root" }, eventType: "AwsConsoleSignIn" },
    { userIdentity: { type: "IAMUser" } },
  ],
  ["iam-policies", call("iam", "AttachUserPolicy"), call("iam", "ListPolicies")],
  ["trail-changes", call("cloudtrail", "StopLogging"), call("cloudtrail", "LookupEvents")],
  ["failed-sign-ins", signIn({ errorMessage: "Failed authentication" }), signIn({})],
  ["keys-disabled", call("kms", "ScheduleKeyDeletion"), call("kms", "Decrypt")],
  ["bucket-policies", call("s3", "PutBucketPolicy"), call("s3", "GetBucketPolicy")],
  ["config-changes", call("config", "StopConfigurationRecorder"), call("config", "StartConfigurationRecorder")],
  ["security-groups", call("ec2", "AuthorizeSecurityGroupIngress"), call("ec2", "DescribeSecurityGroups")],
  ["network-acls", call("ec2", "ReplaceNetworkAclAssociation"), call("ec2", "DescribeNetworkAcls")],
  ["gateways", call("ec2", "DetachInternetGateway"), call("ec2", "DescribeInternetGateways")],
  ["routes", call("ec2", "ReplaceRoute"), call("ec2", "DescribeRouteTables")],
  ["networks", call("ec2", "DeleteVpc"), call("rds", "DeleteVpc")],
  ["organization", call("organizations", "LeaveOrganization"), call("organizations", "DescribeOrganization")],
]

describe("what rings when somebody changes what guards the account", () => {
  it.each(events)("%s rings at %j and not at %j", (name, rings, silent) => {
    const fits = fitsPattern(changeRules.find((rule) => rule.name === name)?.pattern ?? "")
    expect([rings, silent].map((event) => fits(JSON.stringify(event)))).toEqual([true, false])
  })

  it("is each of the benchmark's fifteen, once, in a pattern that CloudWatch takes", () => {
    expect(changeRules.map(({ control }) => control)).toEqual(Array.from({ length: 15 }, (_, n) => `5.${n + 1}`))
    expect(new Set(changeRules.map(({ name }) => name)).size).toBe(15)
    expect(changeRules.filter(({ pattern }) => pattern.length > 1024)).toEqual([])
    expect([...new Set(events.map(([rule]) => rule))]).toEqual(changeRules.map(({ name }) => name))
  })
})
