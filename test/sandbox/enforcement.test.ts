import { DescribeVpcsCommand, EC2Client } from "@aws-sdk/client-ec2"
import { PutUserPolicyCommand } from "@aws-sdk/client-iam"
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts"
import { afterEach, beforeEach, describe, expect, it, test } from "vitest"
import { authorizationOf } from "../../src/sandbox/authorization/index.ts"
import { admin, ask } from "../../src/sandbox/remote.ts"
import { services } from "../../src/sandbox/services/index.ts"
import { allowing, type Lent, refusalOf, type StsGround, stsGround, userWithKey } from "./services/sts/ground.ts"

test("what every operation that is served needs is written down", () => {
  const missing = services().flatMap(({ handlers, signingName }) =>
    Object.keys(handlers).filter((operation) => {
      try {
        authorizationOf(signingName, operation)
        return false
      } catch {
        return true
      }
    }),
  )
  expect(missing).toEqual([])
  expect(() => authorizationOf("ec2", "AcceptAddressTransfer")).toThrow(
    "the rights that ec2 AcceptAddressTransfer needs",
  )
  expect(() => authorizationOf("lambda", "Invoke")).toThrow("does not serve")
})

describe("enforcement", () => {
  let at: StsGround
  let ann: Lent & { readonly arn: string }
  let ec2: EC2Client
  beforeEach(async () => {
    at = await stsGround()
    ann = await userWithKey(at.own, "ann")
    const { region, url } = at.sandbox.connection
    ec2 = new EC2Client({ endpoint: url, region, credentials: ann, maxAttempts: 1 })
  })
  afterEach(async () => {
    ec2.destroy()
    await at.close()
  })

  const look = () => ec2.send(new DescribeVpcsCommand({}))

  it("is switched on and off while the sandbox runs, and says which it is", async () => {
    const { enforce, needed, status } = admin(at.sandbox.connection)
    expect((await status()).enforced).toBe(false)
    await look()
    expect(await needed()).toEqual([])
    await enforce(true)
    expect((await status()).enforced).toBe(true)
    expect(await refusalOf(look())).toBe(
      `UnauthorizedOperation: You are not authorized to perform this operation. User: ${ann.arn} is not authorized to perform: ec2:DescribeVpcs on resource: * because no identity-based policy allows the ec2:DescribeVpcs action (403)`,
    )
    await enforce(false)
    await look()
  })

  it("tells what was needed, once each, from when it was switched on", async () => {
    const { enforce, needed } = admin(at.sandbox.connection)
    const PolicyDocument = allowing({ Action: "ec2:Describe*" })
    await at.own.iam.send(new PutUserPolicyCommand({ UserName: "ann", PolicyName: "own", PolicyDocument }))
    await enforce(true)
    await look()
    await look()
    await at.as(ann).sts.send(new GetCallerIdentityCommand({}))
    const [one, ...others] = await needed()
    expect(others).toEqual([])
    expect(one).toMatchObject({
      ...{ by: ann.arn, operation: "ec2:DescribeVpcs", action: "ec2:DescribeVpcs", resource: "*" },
      context: { "aws:RequestedRegion": "us-east-1", "aws:username": "ann" },
    })
    await enforce(true)
    expect(await needed()).toEqual([])
  })

  it("wants to be told yes or no", async () => {
    // What a caller in another language may send.
    const given = { on: "yes" } as never
    await expect(ask(at.sandbox.connection, "enforce", given)).rejects.toThrow("cannot enforce policies yes")
    expect((await admin(at.sandbox.connection).status()).enforced).toBe(false)
  })
})
