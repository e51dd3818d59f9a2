import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type AwsCli, awsCliOn } from "./aws-cli.ts"
import { type Outputs, reads } from "./aws-cli-reads.ts"
import { type Command, commandWith } from "./command.ts"

const groupArn = "TargetGroups[0].TargetGroupArn"
const deploy = ["deploy", "single", "--yes"] as const
const wishes = ["--domain", "trading.example.com", "--email", "ops@example.com"] as const

let command: Command
let aws: AwsCli
let out: Outputs
beforeAll(async () => {
  command = commandWith((dir) => ({
    SMART0DTE_SANDBOX: "1",
    SMART0DTE_SANDBOX_DIR: join(dir, "sandbox"),
    // The node's programs run as fast as they can, and no faster.
    SMART0DTE_SANDBOX_SPEED: "30",
  }))
  expect(await command.run("sandbox", "start")).toMatchObject({ exitCode: 0 })
  aws = await awsCliOn(command)
  // Whoever names a domain has it, long before.
  const zone = await aws.ask("route53 create-hosted-zone --name example.com --caller-reference ours", "HostedZone.Id")
  expect(await command.run(...deploy, ...wishes)).toMatchObject({ exitCode: 0 })
  const [printed] = await command.json("outputs", "outputs")
  const asked = (line: string, query: string) => aws.ask(line, query).then(String)
  out = {
    ...(printed?.outputs as Outputs),
    zone: String(zone),
    topic: await asked("sns list-topics", "Topics[0].TopicArn"),
    certificate: await asked("acm list-certificates", "CertificateSummaryList[0].CertificateArn"),
    backend: await asked("elbv2 describe-target-groups --names smart0dte-poc-smart-0dte-backend", groupArn),
  }
})
afterAll(async () => {
  await command.run("sandbox", "stop")
  await command.close()
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
  it.each(reads)("aws %s", async (line, query, expected) => {
    expect(await aws.ask(filled(line), query)).toEqual(expected(out))
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
    expect(await command.run("drift", ...wishes)).toMatchObject({ exitCode: 0 })
  })

  it("is seen as drift, whichever service it is of, and put right", async () => {
    for (const [line] of changes) expect(await aws.run(filled(line).split(" ")), line).toMatchObject({ exitCode: 0 })
    const drift = await command.run("drift", ...wishes)
    expect(drift).toMatchObject({ exitCode: 4 })
    expect(changes.map(([, key]) => key).filter((key) => !drift.stdout.includes(key))).toEqual([])
    expect(await command.run(...deploy, ...wishes)).toMatchObject({ exitCode: 0 })
    expect(await command.run("drift", ...wishes)).toMatchObject({ exitCode: 0 })
  })
})

it("sends the node a command, and waits for what comes of it", async () => {
  const parameters = `Action=ps,System=smart-0dte,Run=${"0123456789abcdef".repeat(2)}`
  const send = `ssm send-command --document-name smart0dte-poc-compose --instance-ids {instanceId}`
  const id = await aws.ask(filled(`${send} --parameters ${parameters}`), "Command.CommandId")
  const invocation = filled(`--command-id ${id} --instance-id {instanceId}`)
  expect(await aws.run(`ssm wait command-executed ${invocation}`.split(" "))).toMatchObject({ exitCode: 0 })
  const seen = await aws.ask(`ssm get-command-invocation ${invocation}`, "[Status, StandardOutputContent]")
  expect(seen).toEqual(["Success", expect.stringMatching(/frontend/)])
})

/** What somebody does to a thing of ours, and to which. */
const changes: readonly (readonly [line: string, key: string])[] = [
  [
    "ec2 revoke-security-group-ingress --group-id {appGroup} --protocol tcp --port 8000-8001 --source-group {loadBalancerGroup}",
    "security-group/app",
  ],
  [
    "rds modify-db-instance --db-instance-identifier smart0dte-poc-postgres --no-copy-tags-to-snapshot --apply-immediately",
    "database/postgres",
  ],
  [
    "elasticache modify-user --user-id smart0dte-poc-mag7-7dte --append-access-string ~others:*",
    "cache-user/mag7-7dte",
  ],
  [
    "elbv2 modify-target-group --target-group-arn {backend} --health-check-path /other",
    "target-group/smart-0dte-backend",
  ],
  ["acm remove-tags-from-certificate --certificate-arn {certificate} --tags Key=smart0dte:zone", "certificate/trading"],
  [
    "sns set-topic-attributes --topic-arn {topic} --attribute-name KmsMasterKeyId --attribute-value alias/aws/sns",
    "topic/alarms",
  ],
  ["cloudwatch delete-alarms --alarm-names smart0dte_poc_node-disk", "alarm/node-disk"],
  [
    "logs put-retention-policy --log-group-name /smart0dte/poc/smart-0dte --retention-in-days 7",
    "log-group/smart-0dte",
  ],
  ["ssm delete-document --name smart0dte-poc-compose", "document/compose"],
]

const filled = (line: string) => line.replaceAll(/\{(\w+)\}/g, (_, name) => out[name] ?? name)

const identity = async () => ({ account: await aws.ask("sts get-caller-identity", "Account") })
