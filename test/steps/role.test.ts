import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DetachRolePolicyCommand,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam"
import { describe, expect, it } from "vitest"
import { nodeRole, role } from "../../src/steps/role.ts"
import trust from "../../src/templates/ec2-trust.json" with { type: "json" }
import { bench, fieldsOf } from "./bench.ts"
import { seesAndRepairs } from "./tamper.ts"

const on = bench()
const scope = "poc"
const place = { partition: "aws", region: "us-east-1", account: "111122223333" }
const node = nodeRole({ place, scope, name: "node" })
const readOnly = "arn:aws:iam::aws:policy/ReadOnlyAccess"
const managed = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"
const allowAll = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }],
})

describe("the node's role", () => {
  it("is reached through Systems Manager, and reads what is its scope's own", async () => {
    await on.make(node)
    const live = await on.live(node)
    expect(live).toMatchObject({ roleName: "smart0dte-poc-node", path: "/smart0dte/poc/", trust, attached: [managed] })
    expect(live.inline.node?.Statement.map((statement) => "Resource" in statement && statement.Resource)).toEqual([
      "arn:aws:ssm:us-east-1:111122223333:parameter/smart0dte/poc/*",
      "arn:aws:secretsmanager:us-east-1:111122223333:secret:smart0dte/poc/*",
      "arn:aws:logs:us-east-1:111122223333:log-group:/smart0dte/poc/*",
    ])
  })

  seesAndRepairs(
    on,
    () => node,
    {
      trust: (cloud, { roleName }) => {
        const anybody = { Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" }
        const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [anybody] })
        return cloud.iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: roleName, PolicyDocument }))
      },
      attached: (cloud, { roleName }) =>
        cloud.iam.send(new AttachRolePolicyCommand({ RoleName: roleName, PolicyArn: readOnly })),
      inline: (cloud, { roleName }) =>
        cloud.iam.send(new PutRolePolicyCommand({ RoleName: roleName, PolicyName: "node", PolicyDocument: allowAll })),
    },
    ["roleName", "path"],
  )

  it("loses a policy of its own that somebody added, and gets back one that somebody took", async () => {
    const RoleName = "smart0dte-poc-node"
    await on.cloud.iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "extra", PolicyDocument: allowAll }))
    await on.cloud.iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn: managed }))
    expect(fieldsOf(await on.see(node))).toEqual(["attached", "inline"])
    await on.make(node)
    expect(await on.live(node)).toMatchObject({ attached: [managed], inline: { node: expect.anything() } })
    expect((await on.see(node)).state).toBe("same")
  })

  it("goes with all its policies", async () => {
    await on.unmake(false, node)
    expect((await on.see(node)).state).toBe("missing")
  })

  it("is not made over a foreign role of its name", async () => {
    const AssumeRolePolicyDocument = JSON.stringify(trust)
    const RoleName = "smart0dte-poc-taken"
    await on.cloud.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }))
    const taken = role({ scope, name: "taken", trust, attached: [], inline: {} })
    expect(await on.see(taken)).toMatchObject({ state: "blocked", because: expect.stringContaining("not ours") })
    await on.cloud.iam.send(new DeleteRoleCommand({ RoleName }))
    expect((await on.see(taken)).state).toBe("missing")
  })
})
