import { existsSync, mkdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import {
  AssociateRouteTableCommand,
  CreateSubnetCommand,
  DescribeRouteTablesCommand,
  DescribeSubnetsCommand,
  RebootInstancesCommand,
  StartInstancesCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
} from "@aws-sdk/client-ec2"
import { GetObjectCommand } from "@aws-sdk/client-s3"
import {
  CancelCommandCommand,
  CreateDocumentCommand,
  DescribeInstanceInformationCommand,
  GetCommandInvocationCommand,
  type GetCommandInvocationResult,
  SendCommandCommand,
} from "@aws-sdk/client-ssm"
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest"
import { admin } from "../../../src/sandbox/remote.ts"
import { bucket, type Clients, clientsOf, ground, launch } from "./node.ts"
import { type Yard, yard } from "./yard.ts"

const boot = `#!/bin/bash
set -euo pipefail
mkdir -p "$SMART0DTE_ROOT/opt"
printf '%s\\n' '[Unit]' 'Description=counts starts' '[Service]' 'Type=oneshot' 'RemainAfterExit=yes' 'ExecStart=/opt/count.sh %i' >"$SMART0DTE_ROOT/etc/systemd/system/count@.service"
printf '%s\\n' '#!/bin/bash' 'echo "start $1" >>"$SMART0DTE_ROOT/var/log/starts"' >"$SMART0DTE_ROOT/opt/count.sh"
chmod 755 "$SMART0DTE_ROOT/opt/count.sh"
systemctl enable --now count@main.service
env >"$SMART0DTE_ROOT/var/log/environment"
echo booted >>"$SMART0DTE_ROOT/var/log/boots"
`

describe("a machine of the sandbox", { timeout: 120_000 }, () => {
  let on: Yard
  let clients: Clients
  let subnet: string
  let node: string
  const file = (name: string) => join(on.dir, "machines", node, "root", name)
  const lines = (name: string) => (existsSync(file(name)) ? readFileSync(file(name), "utf8").trim().split("\n") : [])
  const until = <T>(look: () => T | Promise<T>) => vi.waitFor(look, { timeout: 30_000, interval: 50 })
  const online = () =>
    until(async () => {
      const { InstanceInformationList: [one] = [] } = await clients.ssm.send(new DescribeInstanceInformationCommand({}))
      expect(one).toMatchObject({ InstanceId: node, PingStatus: "Online" })
    })
  const send = async (line: string, more: object = {}): Promise<string> => {
    const Parameters = { Line: [Buffer.from(line).toString("base64")] }
    const { Command } = await clients.ssm.send(
      new SendCommandCommand({ DocumentName: "run", InstanceIds: [node], Parameters, ...more }),
    )
    return Command?.CommandId ?? ""
  }
  const seen = async (CommandId: string, status: RegExp): Promise<GetCommandInvocationResult> =>
    until(async () => {
      const found = await clients.ssm.send(new GetCommandInvocationCommand({ CommandId, InstanceId: node }))
      expect(found.Status).toMatch(status)
      return found
    })
  const run = async (line: string, more: object = {}) => seen(await send(line, more), /Success|Failed|TimedOut/)

  beforeAll(async () => {
    on = await yard()
    clients = clientsOf(on.sandbox)
    const wait = async (seconds: number) => on.sandbox.world.clock.advance(seconds * 1000)
    subnet = await ground(clients, wait)
    node = await launch(clients, subnet, boot)
    const Content = JSON.stringify({
      schemaVersion: "2.2",
      parameters: { Line: { type: "String", allowedPattern: "^[A-Za-z0-9+/=]+$" } },
      mainSteps: [
        {
          action: "aws:runShellScript",
          name: "run",
          inputs: { runCommand: ["printf %s {{ Line }} | base64 -d >line.sh && bash line.sh"] },
        },
      ],
    })
    await clients.ssm.send(new CreateDocumentCommand({ Name: "run", Content, DocumentType: "Command" }))
    await online()
  }, 120_000)
  afterAll(() => on.close())

  it("runs its user data once, with an empty environment and the commands of a node", async () => {
    await until(() => expect(lines("var/log/boots")).toEqual(["booted"]))
    const names = lines("var/log/environment").map((line) => line.split("=")[0])
    expect(names.sort()).toEqual(
      ["HOME", "LANG", "PATH", "PWD", "SHLVL", "SMART0DTE_ROOT", "_"].filter((name) => names.includes(name)),
    )
    expect(lines("var/log/starts")).toEqual(["start main"])
  })

  it("finds its way out also where that is made during its first start", async () => {
    const { Subnets: [home] = [] } = await clients.ec2.send(new DescribeSubnetsCommand({ SubnetIds: [subnet] }))
    const apart = { VpcId: home?.VpcId, CidrBlock: "10.20.1.0/24" }
    const SubnetId = (await clients.ec2.send(new CreateSubnetCommand(apart))).Subnet?.SubnetId ?? ""
    const seeks = "until curl -s -o /dev/null https://ssm.us-east-1.amazonaws.com/; do echo again >&2; sleep 5; done"
    const late = await launch(clients, SubnetId, `#!/bin/bash\n${seeks}\ntouch "$SMART0DTE_ROOT/var/log/out"\n`)
    const folder = join(on.dir, "machines", late)
    await until(() => expect(existsSync(join(folder, "records", "user-data"))).toBe(true))
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(existsSync(join(folder, "root/var/log/out"))).toBe(false)
    const filters = [{ Name: "association.subnet-id", Values: [subnet] }]
    const { RouteTables: [table] = [] } = await clients.ec2.send(new DescribeRouteTablesCommand({ Filters: filters }))
    await clients.ec2.send(new AssociateRouteTableCommand({ RouteTableId: table?.RouteTableId, SubnetId }))
    await until(() => expect(existsSync(join(folder, "root/var/log/out"))).toBe(true))
    await clients.ec2.send(new TerminateInstancesCommand({ InstanceIds: [late] }))
  })

  it("runs a command and keeps its output, its code and what it wrote to the bucket", async () => {
    const kept = { OutputS3BucketName: bucket, OutputS3KeyPrefix: "output" }
    const found = await run("echo hello; echo no >&2; exit 3", kept)
    expect(found).toMatchObject({
      Status: "Failed",
      ResponseCode: 3,
      StandardOutputContent: "hello\n",
      StandardErrorContent: "no\n",
    })
    const Key = `output/${found.CommandId}/${node}/awsrunShellScript/run/stdout`
    expect(found.StandardOutputUrl).toContain(Key)
    const { Body } = await clients.s3.send(new GetObjectCommand({ Bucket: bucket, Key }))
    expect(await Body?.transformToString()).toBe("hello\n")
  })

  it("cuts what is longer than Systems Manager returns, and keeps all of it in the bucket", async () => {
    const kept = { OutputS3BucketName: bucket, OutputS3KeyPrefix: "output" }
    const found = await run("seq 1 20000", kept)
    expect(found.StandardOutputContent).toHaveLength(24_000)
    const Key = `output/${found.CommandId}/${node}/awsrunShellScript/run/stdout`
    const { Body } = await clients.s3.send(new GetObjectCommand({ Bucket: bucket, Key }))
    expect(await Body?.transformToString()).toMatch(/\n20000\n$/)
  })

  it("has no command that a node's scripts may not use", async () => {
    expect(await run("perl --version")).toMatchObject({ Status: "Failed", ResponseCode: 127 })
    expect((await run("git --version")).StandardErrorContent).toContain("git: command not found")
  })

  it("speaks to the sandbox in the name of its role", async () => {
    const found = await run(
      "aws --region us-east-1 ssm put-parameter --name /said --type String --value 'by me' >/dev/null && aws --region us-east-1 ssm get-parameter --name /said --query Parameter.Value --output text",
    )
    expect(found).toMatchObject({ Status: "Success", StandardOutputContent: "by me\n" })
    expect(
      on.sandbox.world.trace.list().filter(({ by, operation }) => by === node && operation === "PutParameter"),
    ).toHaveLength(1)
    expect((await run("aws --region us-east-1 ssm get-parameter --name /gone")).StandardErrorContent).toContain(
      "An error occurred (ParameterNotFound) when calling the GetParameter operation",
    )
  })

  it("lets time pass as fast as the sandbox does", async () => {
    const began = Date.now()
    expect(await run("sleep 60")).toMatchObject({ Status: "Success" })
    expect(Date.now() - began).toBeLessThan(20_000)
  })

  it("ends what is cancelled, with all that it started", async () => {
    const CommandId = await send("touch $SMART0DTE_ROOT/tmp/begun; sleep 100000 & sleep 100000")
    await until(() => expect(existsSync(file("tmp/begun"))).toBe(true))
    await clients.ssm.send(new CancelCommandCommand({ CommandId }))
    expect(await seen(CommandId, /Cancelled/)).toMatchObject({ ResponseCode: -1 })
  })

  it("starts what is enabled with each start, and its user data not again", async () => {
    await clients.ec2.send(new StopInstancesCommand({ InstanceIds: [node] }))
    on.sandbox.world.clock.advance(60_000)
    const { InstanceInformationList: [lost] = [] } = await clients.ssm.send(new DescribeInstanceInformationCommand({}))
    expect(lost).toMatchObject({ InstanceId: node, PingStatus: "ConnectionLost" })
    await expect(send("true")).rejects.toMatchObject({ name: "InvalidInstanceId" })
    await clients.ec2.send(new StartInstancesCommand({ InstanceIds: [node] }))
    await until(() => expect(lines("var/log/starts")).toEqual(["start main", "start main"]))
    expect(lines("var/log/boots")).toEqual(["booted"])
    await online()
  })

  it("starts anew what is to be rebooted, with its disk and without what ran", async () => {
    const CommandId = await send("touch $SMART0DTE_ROOT/run/here $SMART0DTE_ROOT/var/here; sleep 100000")
    await until(() => expect(existsSync(file("var/here"))).toBe(true))
    await clients.ec2.send(new RebootInstancesCommand({ InstanceIds: [node] }))
    expect(await seen(CommandId, /Failed/)).toMatchObject({ ResponseCode: -1 })
    await until(() => expect(lines("var/log/starts")).toHaveLength(3))
    expect([existsSync(file("run/here")), existsSync(file("var/here"))]).toEqual([false, true])
    expect(lines("var/log/boots")).toEqual(["booted"])
    await online()
  })

  it("goes on where it was when the sandbox itself was away", async () => {
    const CommandId = await send("touch $SMART0DTE_ROOT/tmp/again; sleep 100000")
    await until(() => expect(existsSync(file("tmp/again"))).toBe(true))
    await on.again()
    clients = clientsOf(on.sandbox)
    expect(await seen(CommandId, /Failed/)).toMatchObject({ ResponseCode: -1 })
    expect(await run("echo here")).toMatchObject({ StandardOutputContent: "here\n" })
    expect(lines("var/log/starts")).toHaveLength(3)
  })

  it("is gone, with what was on it, when it is terminated", async () => {
    await send("sleep 100000")
    await clients.ec2.send(new TerminateInstancesCommand({ InstanceIds: [node] }))
    await until(() => expect(existsSync(join(on.dir, "machines", node))).toBe(false))
    expect(on.sandbox.machines?.list()).toEqual([])
    on.sandbox.world.clock.advance(60_000)
    const { InstanceInformationList } = await clients.ssm.send(new DescribeInstanceInformationCommand({}))
    expect(InstanceInformationList).toEqual([])
  })
  it("is gone as well when the sandbox is emptied", async () => {
    node = await launch(clients, subnet, "#!/bin/bash\nsleep 100000\n")
    await until(() => expect(existsSync(file("tmp"))).toBe(true))
    await admin(on.sandbox.connection).reset()
    await until(() => expect(existsSync(join(on.dir, "machines", node))).toBe(false))
    expect(on.sandbox.machines?.list()).toEqual([])
  })

  it("leaves nothing then of one that was switched off", async () => {
    const lost = join(on.dir, "machines/i-0123456789abcdef0")
    mkdirSync(lost)
    await admin(on.sandbox.connection).reset()
    await until(() => expect(existsSync(lost)).toBe(false))
  })
})
