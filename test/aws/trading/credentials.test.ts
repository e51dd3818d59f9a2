import { CreateRoleCommand } from "@aws-sdk/client-iam"
import {
  CreateSecretCommand,
  GetResourcePolicyCommand,
  PutResourcePolicyCommand,
} from "@aws-sdk/client-secrets-manager"
import { beforeEach, describe, expect, it } from "vitest"
import { areArmed, armCredentials, disarmCredentials, liveSecret } from "../../../src/aws/trading/credentials.ts"
import trust from "../../../src/templates/ec2-trust.json" with { type: "json" }
import { tradingGround } from "./bucket.ts"

const on = tradingGround()
beforeEach(async () => {
  const RoleName = "smart0dte-poc-node"
  const AssumeRolePolicyDocument = JSON.stringify(trust)
  await on.session.iam.send(new CreateRoleCommand({ RoleName, Path: "/smart0dte/poc/", AssumeRolePolicyDocument }))
  const Name = liveSecret("poc")
  await on.session.secrets.send(new CreateSecretCommand({ Name, SecretString: "IBKR_USERNAME=unset\n" }))
})

const policy = async () => {
  const command = new GetResourcePolicyCommand({ SecretId: liveSecret("poc") })
  return (await on.session.secrets.send(command)).ResourcePolicy
}
const give = (Principal: string) => {
  const Statement = [{ Effect: "Allow", Principal: { AWS: Principal }, Action: "secretsmanager:*", Resource: "*" }]
  const ResourcePolicy = JSON.stringify({ Version: "2012-10-17", Statement })
  return on.session.secrets.send(new PutResourcePolicyCommand({ SecretId: liveSecret("poc"), ResourcePolicy }))
}

describe("the live account's credentials", () => {
  it("are the node's to read only while they are armed", async () => {
    expect(await areArmed(on.session, "poc")).toBe(false)
    await armCredentials(on.session, "poc")
    expect(await areArmed(on.session, "poc")).toBe(true)
    expect(JSON.parse((await policy()) ?? "")).toMatchObject({
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111122223333:role/smart0dte/poc/smart0dte-poc-node" },
          Action: "secretsmanager:GetSecretValue",
        },
      ],
    })
    await disarmCredentials(on.session, "poc")
    expect(await areArmed(on.session, "poc")).toBe(false)
    expect(await policy()).toBeUndefined()
  })

  it("are armed once, and disarmed once", async () => {
    await armCredentials(on.session, "poc")
    await armCredentials(on.session, "poc")
    expect(on.aws.asked("secretsmanager:PutResourcePolicy")).toBe(1)
    await disarmCredentials(on.session, "poc")
    await disarmCredentials(on.session, "poc")
    expect(on.aws.asked("secretsmanager:DeleteResourcePolicy")).toBe(1)
  })

  it("are not armed over a policy of somebody else's, which counts as armed and goes when they are disarmed", async () => {
    await give("arn:aws:iam::111122223333:root")
    expect(await areArmed(on.session, "poc")).toBe(true)
    await expect(armCredentials(on.session, "poc")).rejects.toMatchObject({
      name: "Refused",
      message: expect.stringContaining("a resource policy that is not ours"),
    })
    await disarmCredentials(on.session, "poc")
    expect(await policy()).toBeUndefined()
  })

  it("that do not say afterwards what they were told are an error", async () => {
    const { session } = on
    const { secrets } = session
    const send = async (command: object) => (command instanceof GetResourcePolicyCommand ? secrets.send(command) : {})
    // It hears what is asked, and does nothing of what it is told.
    const deaf = { ...session, secrets: Object.assign(Object.create(secrets), { send }) }
    await expect(armCredentials(deaf, "poc")).rejects.toThrow("does not admit the node after it was told to")
    await armCredentials(session, "poc")
    await expect(disarmCredentials(deaf, "poc")).rejects.toThrow("still has a resource policy")
  })

  it("are armed and disarmed also where an answer is lost", async () => {
    on.aws.fault({ name: "lost", operation: "secretsmanager:PutResourcePolicy", times: 1 })
    await armCredentials(on.session, "poc")
    on.aws.fault({ name: "lost", operation: "secretsmanager:DeleteResourcePolicy", times: 1 })
    await disarmCredentials(on.session, "poc")
    expect(await areArmed(on.session, "poc")).toBe(false)
  })
})
