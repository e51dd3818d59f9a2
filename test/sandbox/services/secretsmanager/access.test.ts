import { describe, expect, test } from "vitest"
import { type Call, Refusal } from "../../../../src/sandbox/service.ts"
import { iam } from "../../../../src/sandbox/services/iam/index.ts"
import { secretsmanager } from "../../../../src/sandbox/services/secretsmanager/index.ts"
import { openStore } from "../../../../src/sandbox/store.ts"

const account = "111122223333"
const SecretId = "smart0dte/poc/broker-live/keys"
const secretArn = `arn:aws:secretsmanager:us-east-1:${account}:secret:${SecretId}`
const roleArn = `arn:aws:iam::${account}:role/node`
const action = "secretsmanager:GetSecretValue"

/** An account with a role, and a secret that nobody was let to. */
const ground = () => {
  const store = openStore({ account, sequence: 0, tables: new Map() })
  const as = (callerArn: string, now = 0) => {
    const draft = store.open(now)
    const call: Call = {
      store: draft,
      now,
      account,
      region: "us-east-1",
      partition: "aws",
      callerArn,
      requestId: "request",
      happened: () => [],
      id: (prefix) => `${prefix}-0${draft.nextNumber().toString(16).padStart(16, "0")}`,
      fault: () => false,
      quota: (_, usual) => usual,
    }
    return { call, commit: () => draft.commit() }
  }
  const ask = (service: typeof iam, operation: string, input: object, callerArn: string) => {
    const { call, commit } = as(callerArn)
    // Handlers are found by name, and each takes its own input.
    const answer = service.handlers[operation]?.(input as never, call)
    commit()
    return answer
  }
  const own = (service: typeof iam, operation: string, input: object) =>
    ask(service, operation, input, `arn:aws:iam::${account}:user/tester`)
  const createRole = () => {
    const trust = { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }
    const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: trust })
    own(iam, "CreateRole", { RoleName: "node", AssumeRolePolicyDocument })
  }
  createRole()
  own(secretsmanager, "CreateSecret", {
    Name: SecretId,
    SecretString: "A=b",
    ClientRequestToken: "t".repeat(32),
    Tags: [{ Key: "smart0dte:scope", Value: "poc" }],
  })
  return {
    own,
    createRole,
    grant: (Statement: object) =>
      own(iam, "PutRolePolicy", {
        RoleName: "node",
        PolicyName: "own",
        PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement }),
      }),
    admit: (Statement: object) =>
      own(secretsmanager, "PutResourcePolicy", {
        SecretId,
        BlockPublicPolicy: true,
        ResourcePolicy: JSON.stringify({ Version: "2012-10-17", Statement }),
      }),
    /** What the role on an instance gets, or why not. */
    read: (more: object = {}) => {
      try {
        const answer = ask(
          secretsmanager,
          "GetSecretValue",
          { SecretId, ...more },
          `arn:aws:sts::${account}:assumed-role/node/i-0123456789abcdef0`,
        )
        return Reflect.get(answer ?? {}, "SecretString")
      } catch (error) {
        if (error instanceof Refusal) return `${error.status} ${error.code}: ${error.message}`
        throw error
      }
    },
  }
}

const allow = { Effect: "Allow", Action: action, Resource: "*" }
const deny = { ...allow, Effect: "Deny" }
const admitting = { ...allow, Principal: { AWS: roleArn } }
const toNobody = `400 AccessDeniedException: User: arn:aws:sts::${account}:assumed-role/node/i-0123456789abcdef0 is not authorized to perform: ${action} on resource: ${SecretId} because no identity-based policy allows the ${action} action`

describe("the role of an instance", () => {
  test("reads no secret that nobody let it to, and the holder of the account's keys does", () => {
    const aws = ground()
    expect(aws.read()).toBe(toNobody)
    expect(aws.own(secretsmanager, "GetSecretValue", { SecretId })).toMatchObject({ SecretString: "A=b" })
  })

  test("reads it by the secret's own policy, and no longer once that is taken away", () => {
    const aws = ground()
    aws.admit(admitting)
    expect(aws.read()).toBe("A=b")
    aws.own(secretsmanager, "DeleteResourcePolicy", { SecretId })
    expect(aws.read()).toBe(toNobody)
  })

  test.each([
    ["its own policy", allow, "A=b"],
    ["one for the folder", { ...allow, Resource: `${secretArn.slice(0, -4)}*` }, "A=b"],
    ["one with an exact ARN that lacks the last letters", { ...allow, Resource: secretArn }, toNobody],
    ["one for another folder", { ...allow, Resource: secretArn.replace("broker-live", "broker-paper*") }, toNobody],
    ["one for all actions", { ...allow, Action: "secretsmanager:*" }, "A=b"],
    ["one for another action", { ...allow, Action: "secretsmanager:DescribeSecret" }, toNobody],
    [
      "one for what has a tag",
      { ...allow, Condition: { StringLike: { "secretsmanager:ResourceTag/smart0dte:scope": "p*" } } },
      "A=b",
    ],
    [
      "one for what has another tag",
      { ...allow, Condition: { StringEquals: { "aws:ResourceTag/smart0dte:scope": "dev" } } },
      toNobody,
    ],
    ["one for a label that was not asked for", labelled("AWSCURRENT"), toNobody],
  ])("is let in or not by %s", (_what, statement, end) => {
    const aws = ground()
    aws.grant(statement)
    expect(aws.read()).toBe(end)
  })

  test("is let to a label that it asks for", () => {
    const aws = ground()
    aws.grant(labelled("AWSCURRENT"))
    expect(aws.read({ VersionStage: "AWSCURRENT" })).toBe("A=b")
  })

  test("is kept out by one denial, whoever else lets it in", () => {
    const aws = ground()
    aws.grant(allow)
    aws.admit({ ...deny, Principal: "*" })
    expect(aws.read()).toMatch(/with an explicit deny in a resource-based policy$/)
    aws.grant([allow, deny])
    expect(aws.read()).toMatch(/with an explicit deny in an identity-based policy$/)
  })

  test("is not let in by a policy for the account, which only hands the question on", () => {
    const aws = ground()
    aws.admit({ ...allow, Principal: { AWS: account } })
    expect(aws.read()).toBe(toNobody)
    aws.admit({ ...deny, Principal: { AWS: `arn:aws:iam::${account}:root` } })
    expect(aws.read()).toMatch(/explicit deny/)
  })

  test("is another one after it was made anew, and the policy then shows the id of the old one", () => {
    const aws = ground()
    aws.admit(admitting)
    aws.own(iam, "DeleteRole", { RoleName: "node" })
    expect(aws.read()).toBe(toNobody)
    aws.createRole()
    expect(aws.read()).toBe(toNobody)
    const { ResourcePolicy = "" } = { ...aws.own(secretsmanager, "GetResourcePolicy", { SecretId }) } as {
      readonly ResourcePolicy?: string
    }
    expect(ResourcePolicy).not.toContain(roleArn)
    expect(ResourcePolicy).toMatch(/"AROA[A-Z2-7]{17}"/)
  })

  test("does not learn whether a secret is there that it may not read", () => {
    const aws = ground()
    expect(aws.read({ SecretId: "smart0dte/gone" })).toMatch(/^400 AccessDeniedException/)
    aws.grant(allow)
    expect(aws.read({ SecretId: "smart0dte/gone" })).toMatch(/ResourceNotFoundException/)
  })

  test("is let in by a statement that leaves out something else", () => {
    const aws = ground()
    aws.grant({ Effect: "Allow", NotAction: "secretsmanager:*", Resource: "*" })
    expect(aws.read()).toMatch(/^400 AccessDeniedException/)
    aws.grant({ Effect: "Allow", NotAction: "iam:*", Resource: "*" })
    expect(aws.read()).not.toMatch(/AccessDenied/)
  })

  test.each([
    ["an operator", { ...allow, Condition: { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } } }],
    ["a key", { ...allow, Condition: { StringEquals: { "aws:SourceVpc": "vpc-1" } } }],
    ["a variable", { ...allow, Resource: `arn:aws:secretsmanager:*:*:secret:$${"{aws:username}"}` }],
  ])("is neither let in nor kept out by %s that nobody wrote", (_what, statement) => {
    const aws = ground()
    aws.grant(statement)
    expect(aws.read()).toMatch(/^501 NotImplemented/)
  })
})

function labelled(stage: string) {
  return { ...allow, Condition: { StringEquals: { "secretsmanager:VersionStage": stage } } }
}
