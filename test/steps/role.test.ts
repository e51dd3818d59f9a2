import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
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
interface Statement {
  readonly Sid: string
  readonly Action: string | readonly string[]
  readonly Resource: string | readonly string[]
  readonly Condition?: object
}
const allowAll = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }],
})

describe("the node's role", () => {
  it("hears from Systems Manager, and reaches what is its scope's own and nothing else", async () => {
    await on.make(node)
    const live = await on.live(node)
    expect(live).toMatchObject({ roleName: "smart0dte-poc-node", path: "/smart0dte/poc/", trust, attached: [] })
    const statements = live.inline.node?.Statement as readonly Statement[]
    const anywhere = statements.filter(({ Resource }) => Resource === "*")
    expect(anywhere.map(({ Sid, Condition }) => [Sid, Condition])).toEqual([
      ["HearFromSystemsManager", undefined],
      ["PutOwnMetrics", { StringEquals: { "cloudwatch:namespace": ["CWAgent", "smart0dte"] } }],
    ])
    const own = statements.filter(({ Resource }) => Resource !== "*").flatMap(({ Resource }) => Resource)
    // S3 says that an object is not there, such as a marker of a halt, only to who may list the bucket; whether a right
    // to list one prefix is enough for that, it does not say.
    const bucket = "arn:aws:s3:::smart0dte-111122223333-us-east-1-state"
    const onBucket = statements.filter(({ Resource }) => [Resource].flat().includes(bucket))
    expect(onBucket.map(({ Action, Condition }) => [Action, Condition])).toEqual([["s3:ListBucket", undefined]])
    for (const arn of own.filter((one) => one !== bucket))
      expect(arn).toMatch(
        /(smart0dte\/poc\/|smart0dte-poc-|environments\/poc\/|trading\/poc\/|-state\/tools\/|secret:rds!db-)/,
      )
    expect(statements.find(({ Sid }) => Sid === "ReadDatabaseMasterSecret")?.Condition).toEqual({
      StringLike: {
        "secretsmanager:ResourceTag/aws:rds:primaryDBInstanceArn":
          "arn:aws:rds:us-east-1:111122223333:db:smart0dte-poc-*",
      },
    })
  })

  it("may write no parameter but its own reports, and no other place in the bucket than it must", async () => {
    const { inline } = await on.live(node)
    const statements = inline.node?.Statement as readonly Statement[]
    const placesOf = (action: string) =>
      statements.filter(({ Action }) => [Action].flat().includes(action)).flatMap(({ Resource }) => Resource)
    const bucket = "arn:aws:s3:::smart0dte-111122223333-us-east-1-state"
    expect(placesOf("ssm:PutParameter")).toEqual(["arn:aws:ssm:us-east-1:111122223333:parameter/smart0dte/poc/state/*"])
    expect(placesOf("s3:PutObject")).toEqual([
      `${bucket}/environments/poc/compose/*`,
      `${bucket}/environments/poc/output/*`,
      `${bucket}/tools/*`,
    ])
  })

  it("reads how it trades, and writes nothing of it", async () => {
    const { inline } = await on.live(node)
    const statements = inline.node?.Statement as readonly Statement[]
    const bucket = "arn:aws:s3:::smart0dte-111122223333-us-east-1-state"
    const ofTrading = statements.filter(({ Resource }) => JSON.stringify(Resource).includes(`${bucket}/trading/`))
    expect(ofTrading).toEqual([
      expect.objectContaining({
        Action: "s3:GetObject",
        Resource: [`${bucket}/trading/poc/record`, `${bucket}/trading/poc/halt/*`],
      }),
    ])
  })

  it("has no right of its own to the login of the live account, by name or by a wildcard", async () => {
    const { inline } = await on.live(node)
    const statements = inline.node?.Statement as readonly Statement[]
    const live = "arn:aws:secretsmanager:us-east-1:111122223333:secret:smart0dte/poc/broker-live/keys-a1b2c3"
    const covers = (resource: string, arn: string) =>
      new RegExp(`^${resource.replaceAll(/[.+?^$()|[\]{}\\]/g, "\\$&").replaceAll("*", ".*")}$`).test(arn)
    const readers = (arn: string) =>
      statements
        .filter(({ Action }) => [Action].flat().some((one) => one.startsWith("secretsmanager:")))
        .filter(({ Resource }) => [Resource].flat().some((one) => covers(one, arn)))
    expect(readers(live)).toEqual([])
    expect(readers(live.replace("live", "paper"))).toHaveLength(1)
    expect(readers(live.replace("broker-live", "mag7-7dte"))).toHaveLength(1)
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
    await on.cloud.iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: readOnly }))
    expect(fieldsOf(await on.see(node))).toEqual(["attached", "inline"])
    await on.make(node)
    expect(await on.live(node)).toMatchObject({ attached: [], inline: { node: expect.anything() } })
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
    const taken = role({ scope, name: "taken", trust, inline: {} })
    expect(await on.see(taken)).toMatchObject({ state: "blocked", because: expect.stringContaining("not ours") })
    await on.cloud.iam.send(new DeleteRoleCommand({ RoleName }))
    expect((await on.see(taken)).state).toBe("missing")
  })
})
