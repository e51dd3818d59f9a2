import { DescribeSecurityGroupsCommand, EC2Client, RevokeSecurityGroupIngressCommand } from "@aws-sdk/client-ec2"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type Command, commandWith } from "./command.ts"
import { type Moto, startMoto } from "./moto.ts"
import { anyKeys } from "./moto-account.ts"
import { corrections } from "./moto-differences.ts"

type Row = readonly [line: string, exitCode: number, says: RegExp]

describe("the built command on moto, by AWS_ENDPOINT_URL", () => {
  let moto: Moto
  let command: Command
  beforeAll(async () => {
    moto = await startMoto(corrections.map(({ name }) => name))
    command = commandWith(() => ({
      AWS_ENDPOINT_URL: moto.url,
      AWS_ACCESS_KEY_ID: anyKeys.accessKeyId,
      AWS_SECRET_ACCESS_KEY: anyKeys.secretAccessKey,
    }))
  })
  afterAll(async () => {
    await command.close()
    await moto.close()
  })

  const says = async (line: string, exitCode: number, what: RegExp) => {
    const said = await command.run(...line.split(" "))
    expect(said).toMatchObject({ exitCode })
    expect(`${said.stdout}${said.stderr}`).toMatch(what)
    expect(said.stdout).not.toMatch(/sandbox/i)
  }

  // Each goes on from the one before.
  it.each<Row>([
    ["drift single", 1, /no environment poc is deployed in account 123456789012/],
    ["plan single --detailed-exitcode --allowed-cidrs 203.0.113.10/32", 4, /system\/mag7-7dte/],
    ["deploy single --yes --allowed-cidrs 203.0.113.10/32", 0, /instanceId/],
    ["plan single --detailed-exitcode", 0, /nothing to do/i],
    ["drift", 0, /./],
    ["status", 0, /instance\/node/],
    ["outputs --name vpcId", 0, /^vpc-[0-9a-f]+$/],
    ["deploy single --yes", 0, /nothing to do/i],
  ])("%s ends with %i", says)

  it("sees what somebody changed, and puts it right", async () => {
    await closeTheDatabase(moto)
    await says("drift", 4, /security-group\/database/)
    await says("deploy single --yes", 0, /security-group\/database/)
    await says("drift", 0, /./)
  })

  it.each<Row>([
    ["destroy single", 2, /--confirm/],
    ["destroy single --confirm=poc", 0, /./],
    ["destroy single --confirm=poc", 0, /nothing/i],
    ["destroy single", 0, /nothing/i],
  ])("%s ends with %i", says)
})

async function closeTheDatabase({ url }: Moto): Promise<void> {
  const ec2 = new EC2Client({ endpoint: url, region: "us-east-1", credentials: anyKeys })
  const Filters = [{ Name: "group-name", Values: ["smart0dte-poc-database"] }]
  const { SecurityGroups: [group] = [] } = await ec2.send(new DescribeSecurityGroupsCommand({ Filters }))
  const { GroupId, IpPermissions } = group ?? {}
  await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions }))
  ec2.destroy()
}
