import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type AwsCli, awsCliOn } from "./aws-cli.ts"
import { type Command, commandWith } from "./command.ts"

type Outputs = Readonly<Record<string, string>>

const ours = "Name=tag:smart0dte:scope,Values=poc"

let command: Command
let aws: AwsCli
let out: Outputs
beforeAll(async () => {
  command = commandWith((dir) => ({
    SMART0DTE_SANDBOX: "1",
    SMART0DTE_SANDBOX_DIR: join(dir, "sandbox"),
    SMART0DTE_SANDBOX_SPEED: "1000",
  }))
  expect(await command.run("sandbox", "start")).toMatchObject({ exitCode: 0 })
  expect(await command.run("deploy", "single", "--yes")).toMatchObject({ exitCode: 0 })
  aws = await awsCliOn(command)
  const [printed] = await command.json("outputs", "outputs")
  out = printed?.outputs as Outputs
})
afterAll(async () => {
  await command.run("sandbox", "stop")
  command.close()
})

it("finds the sandbox by what a shell evaluates, and by nothing else", () => {
  expect(Object.keys(aws.exported).toSorted()).toEqual([
    "AWS_ACCESS_KEY_ID",
    "AWS_DEFAULT_REGION",
    "AWS_ENDPOINT_URL",
    "AWS_REGION",
    "AWS_SECRET_ACCESS_KEY",
  ])
  expect(aws.exported.AWS_ENDPOINT_URL).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
})

describe("the aws command line reads what was deployed", () => {
  it.each<readonly [line: string, query: string, expected: (out: Outputs) => unknown]>([
    [`ec2 describe-vpcs --filters ${ours}`, "Vpcs[].[VpcId, CidrBlock]", ({ vpcId }) => [[vpcId, "10.20.0.0/16"]]],
    [
      "ec2 describe-subnets --filters Name=vpc-id,Values={vpcId}",
      "sort(Subnets[].SubnetId)",
      ({ publicSubnetA, publicSubnetB, privateSubnetA, privateSubnetB }) =>
        [publicSubnetA, publicSubnetB, privateSubnetA, privateSubnetB].toSorted(),
    ],
    [
      "ec2 describe-route-tables --filters Name=association.subnet-id,Values={privateSubnetA}",
      "sort(RouteTables[].Associations[].SubnetId)",
      ({ privateSubnetA, privateSubnetB }) => [privateSubnetA, privateSubnetB].toSorted(),
    ],
    [
      "ec2 describe-nat-gateways --filter Name=subnet-id,Values={publicSubnetA}",
      "NatGateways[].[State, NatGatewayAddresses[0].PublicIp]",
      ({ natIp }) => [["available", natIp]],
    ],
    [
      "ec2 describe-security-groups --group-ids {loadBalancerGroup}",
      "SecurityGroups[].IpPermissions[].IpRanges[].CidrIp",
      ({ allowedCidrs }) => [allowedCidrs, allowedCidrs],
    ],
    [
      "ec2 describe-security-groups --group-ids {databaseGroup} {cacheGroup}",
      "sort_by(SecurityGroups[].IpPermissions[], &FromPort)[].[FromPort, UserIdGroupPairs[0].GroupId]",
      ({ appGroup }) => [
        [5432, appGroup],
        [6379, appGroup],
      ],
    ],
    [
      "ec2 describe-instances --instance-ids {instanceId}",
      "Reservations[].Instances[].[State.Name, PrivateIpAddress, ImageId, SubnetId, SecurityGroups[0].GroupId]",
      ({ privateIp, imageId, privateSubnetA, appGroup }) => [["running", privateIp, imageId, privateSubnetA, appGroup]],
    ],
    [`ec2 describe-addresses --filters ${ours}`, "Addresses[].PublicIp", ({ natIp }) => [natIp]],
    [
      "ec2 describe-vpc-endpoints --filters Name=vpc-id,Values={vpcId}",
      "VpcEndpoints[].[ServiceName, VpcEndpointType, State]",
      () => [["com.amazonaws.us-east-1.s3", "Gateway", "available"]],
    ],
    ["iam get-role --role-name smart0dte-poc-node", "Role.Path", () => "/smart0dte/poc/"],
    [
      "iam list-attached-role-policies --role-name smart0dte-poc-node",
      "AttachedPolicies[].PolicyName",
      () => ["AmazonSSMManagedInstanceCore"],
    ],
    [
      "ssm get-parameters-by-path --path /smart0dte/poc/choices --recursive",
      "sort(Parameters[].Value)",
      ({ imageId, zones, allowedCidrs }) => [imageId, zones, allowedCidrs].toSorted(),
    ],
  ])("aws %s", async (line, query, expected) => {
    const filled = line.replaceAll(/\{(\w+)\}/g, (_, name) => out[name] ?? name)
    expect(await aws.ask(filled, query)).toEqual(expected(out))
  })

  it("and the record in the bucket of states", async () => {
    const { account } = await identity()
    const bucket = `smart0dte-${account}-us-east-1-state`
    expect(await aws.run(["s3api", "head-bucket", "--bucket", bucket])).toMatchObject({ exitCode: 0 })
    const object = ["--bucket", bucket, "--key", "records/poc.json"]
    expect(await aws.run(["s3api", "get-object", ...object, "record.json"])).toMatchObject({ exitCode: 0 })
    const record = JSON.parse(await readFile(join(command.dir, "record.json"), "utf8"))
    expect(record).toMatchObject({ schema: 1, scope: "poc", wishes: { "vpc/main": { cidr: expect.any(String) } } })
  })

  it("as the account that the sandbox says it is", async () => {
    const [{ facts } = {}] = await command.json("facts", "sandbox", "status")
    expect(await identity()).toMatchObject({ account: (facts as { readonly account: string }).account })
  })
})

it("is refused with other keys", async () => {
  const said = await aws.run(["ec2", "describe-vpcs"], { AWS_SECRET_ACCESS_KEY: "another" })
  expect(said).toMatchObject({ exitCode: 255, stdout: "" })
  expect(said.stderr).toMatch(/\((AuthFailure|SignatureDoesNotMatch)\)/)
})

describe("what the aws command line changes", () => {
  it("is no drift where it is none of ours", async () => {
    const tag = ["--resources", out.vpcId ?? "", "--tags", "Key=team,Value=research"]
    expect(await aws.run(["ec2", "create-tags", ...tag])).toMatchObject({ exitCode: 0 })
    const tags = await aws.ask(`ec2 describe-vpcs --vpc-ids ${out.vpcId}`, "Vpcs[0].Tags[?Key=='team'].Value")
    expect(tags).toEqual(["research"])
    expect(await command.run("drift")).toMatchObject({ exitCode: 0 })
  })

  it("is seen as drift, and put right", async () => {
    const rule = ["--protocol", "tcp", "--port", "8000-8001", "--source-group", out.loadBalancerGroup ?? ""]
    const revoke = ["ec2", "revoke-security-group-ingress", "--group-id", out.appGroup ?? "", ...rule]
    expect(await aws.run(revoke)).toMatchObject({ exitCode: 0 })
    expect(await ports()).toEqual([3000])
    const drift = await command.run("drift")
    expect(drift).toMatchObject({ exitCode: 4, stdout: expect.stringMatching(/security-group\/app/) })
    expect(await command.run("deploy", "single", "--yes")).toMatchObject({ exitCode: 0 })
    expect(await ports()).toEqual([3000, 8000])
  })
})

const identity = async () => ({ account: await aws.ask("sts get-caller-identity", "Account") })

const ports = () =>
  aws.ask(
    `ec2 describe-security-groups --group-ids ${out.appGroup}`,
    "sort_by(SecurityGroups[0].IpPermissions, &FromPort)[].FromPort",
  )
