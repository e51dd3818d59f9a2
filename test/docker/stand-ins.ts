import { cp, readFile } from "node:fs/promises"
import { join } from "node:path"
import { DescribeInstancesCommand, StartInstancesCommand, StopInstancesCommand } from "@aws-sdk/client-ec2"
import { GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3"
import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager"
import {
  CreateDocumentCommand,
  GetCommandInvocationCommand,
  GetParameterCommand,
  PutParameterCommand,
  SendCommandCommand,
} from "@aws-sdk/client-ssm"
import { stateBucketName } from "../../src/aws/names.ts"
import { filesOfNodes } from "../../src/nodes/files.ts"
import { systems } from "../../src/nodes/systems.ts"
import { runStandIn } from "../../src/sandbox/stand-ins/run.ts"
import { nodeRole } from "../../src/steps/role.ts"
import boot from "../../src/templates/boot.sh"
import document from "../../src/templates/documents/release.json" with { type: "json" }
import { render } from "../../src/templates/render.ts"
import { clientsOf, ground, launch } from "../sandbox/machines/node.ts"
import type { Yard } from "../sandbox/machines/yard.ts"
import { putSecrets, type Ran, type Report, type RunningNode } from "./ground.ts"
import { boundBy, type Container, type Lane, startBoth } from "./lane.ts"
import { put } from "./node.ts"

export interface SandboxLane extends Lane {
  readonly instance: string
}

/** A node of the sandbox: the same scripts, with stand-ins for all that they call. */
export async function sandboxLane(yard: Yard): Promise<SandboxLane> {
  const clients = clientsOf(yard.sandbox)
  const { ec2, ssm, s3 } = clients
  const { url, region, accessKeyId, secretAccessKey } = yard.sandbox.connection
  const secrets = new SecretsManagerClient({ endpoint: url, region, credentials: { accessKeyId, secretAccessKey } })
  const files = filesOfNodes()
  const place = { account: yard.sandbox.world.store.contents().account, partition: "aws", region }
  const bucket = stateBucketName(place)
  // The machine may what a deployed node may, and nothing else.
  const policies = nodeRole({ place, scope: "poc", name: "node" }).spec.inline
  const subnet = await ground(clients, async (seconds) => yard.sandbox.world.clock.advance(seconds * 1000), {
    name: bucket,
    policies,
  })
  const putObject = async (Key: string, Body: string) => {
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body }))
  }
  for (const [name, text] of Object.entries(files.texts))
    await putObject(`environments/poc/node/${files.sha}/${name}`, text)
  await ssm.send(new CreateDocumentCommand({ ...command, Name: "release", Content: JSON.stringify(document) }))
  await ssm.send(new CreateDocumentCommand({ ...command, Name: "line", Content: JSON.stringify(anyLine) }))
  const instance = await launch(clients, subnet, render(boot, { region, scope: "poc", bucket, files: files.sha }))
  const machine = join(yard.dir, "machines", instance)
  const ordered = async (DocumentName: string, Parameters: Record<string, string[]>): Promise<Ran> => {
    const { Command } = await ssm.send(new SendCommandCommand({ DocumentName, InstanceIds: [instance], Parameters }))
    return eventually(async () => {
      const ids = { CommandId: Command?.CommandId, InstanceId: instance }
      const found = await ssm.send(new GetCommandInvocationCommand(ids))
      if (found.Status !== "Success" && found.Status !== "Failed") return undefined
      const { ResponseCode = -1, StandardOutputContent = "", StandardErrorContent = "" } = found
      return {
        exitCode: ResponseCode,
        stdout: StandardOutputContent.replace(/\n$/, ""),
        stderr: StandardErrorContent.replace(/\n$/, ""),
      }
    })
  }
  const node: RunningNode = {
    async act(action, system, wish) {
      const about = { Action: [action], System: [system], Wish: [wish], Files: [files.sha] }
      const { exitCode } = await ordered("release", { ...about, Run: [crypto.randomUUID().replaceAll("-", "")] })
      return exitCode
    },
    run: (...args) => {
      const line = ['"$SMART0DTE_ROOT/opt/smart0dte/bin/node.sh"', ...args.map((arg) => `'${arg}'`)].join(" ")
      return ordered("line", { Line: [Buffer.from(line).toString("base64")] })
    },
    async report(kind, name) {
      const { Parameter } = await ssm.send(new GetParameterCommand({ Name: `/smart0dte/poc/state/${kind}/${name}` }))
      // What the scripts write is what is tested.
      return JSON.parse(Parameter?.Value ?? "{}") as Report
    },
    async putParameter(name, Value) {
      await ssm.send(
        new PutParameterCommand({ Name: `/smart0dte/poc/${name}`, Value, Type: "String", Overwrite: true }),
      )
    },
    async putSecret(name, SecretString) {
      await secrets.send(new CreateSecretCommand({ Name: `smart0dte/poc/${name}`, SecretString }))
    },
    putToken: (system, token) => put(join(machine, "root/var/lib/smart0dte/influx/tokens", system), token),
    putObject,
    async readObject(Key) {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }))
      return (await Body?.transformToString()) ?? ""
    },
  }
  await eventually(async () => ((await node.report("node", "main")).phase === "ready" ? true : undefined))
  await putSecrets(node)
  const { Reservations } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [instance] }))
  const address = Reservations?.[0]?.Instances?.[0]?.PrivateIpAddress ?? ""
  const containers = async () => {
    const ids = (await asked(machine, "docker", "ps", "-aq")).split("\n").filter((id) => id !== "")
    // In Docker's own words, as far as the stand-in has them.
    return ids.length === 0
      ? []
      : (JSON.parse(await asked(machine, "docker", "inspect", ...ids)) as readonly Container[])
  }
  return {
    node,
    address,
    instance,
    started: await startBoth(node, instance),
    containers,
    published: async () => (await containers()).flatMap((container) => reachedAt(container, address)),
    async reboot() {
      await ec2.send(new StopInstancesCommand({ InstanceIds: [instance] }))
      yard.sandbox.world.clock.advance(120_000)
      await ec2.send(new StartInstancesCommand({ InstanceIds: [instance] }))
      const units = systems.map((system) => `smart0dte-system@${system}.service`)
      await eventually(async () => asked(machine, "systemctl", "is-active", ...units))
      return Promise.all(units.map((unit) => asked(machine, "journalctl", "-u", unit)))
    },
  }
}

/** A real engine publishes the machine's ports on the loopback, at ports of its own that labels name. */
function reachedAt(container: Container, address: string): readonly string[] {
  const labels = Object.keys(container.Config.Labels).filter((name) => name.startsWith("smart0dte.port."))
  if (labels.length === 0) return boundBy([container])
  const at = Object.values(container.NetworkSettings.Ports ?? {}).flatMap((bindings) => bindings ?? [])
  return at.map(({ HostIp }, index) =>
    HostIp === "127.0.0.1" ? `${address}:${labels[index]?.replace("smart0dte.port.", "")}` : `${HostIp}: the world`,
  )
}

/** What a command of the machine answers; one that fails throws. */
async function asked(machine: string, name: string, ...args: readonly string[]): Promise<string> {
  const said = { out: "", err: "" }
  const code = await runStandIn(machine, name, {
    args,
    cwd: machine,
    env: {},
    signal: new AbortController().signal,
    input: () => "",
    out: (text) => {
      said.out += text
    },
    err: (text) => {
      said.err += text
    },
  })
  if (code !== 0) throw new Error(`${name} ${args.join(" ")} ended with ${code}: ${said.err}`)
  return said.out
}

const command = { DocumentType: "Command" } as const

/** Runs what is sent, as somebody would in a session. */
const anyLine = {
  schemaVersion: "2.2",
  parameters: { Line: { type: "String", allowedPattern: "^[A-Za-z0-9+/=]+$" } },
  mainSteps: [
    {
      action: "aws:runShellScript",
      name: "run",
      inputs: { runCommand: ['bash -c "$(printf %s {{ Line }} | base64 -d)"'] },
    },
  ],
}

/** The samples with the version that a release of the lane goes on to. */
export async function samplesWithNewer(folder: string): Promise<string> {
  await cp(new URL("../../src/sandbox/samples", import.meta.url), folder, { recursive: true })
  const behaviour = join(folder, "smart-0dte/main/backend/behaviour")
  await put(join(folder, "smart-0dte/newer/backend/behaviour"), `${await readFile(behaviour, "utf8")}a newer one\n`)
  return folder
}

/** Asks until there is an answer; what is not there yet may throw. */
async function eventually<T>(ask: () => Promise<T | undefined>, tries = 600): Promise<T> {
  const answer = await ask().catch((error: unknown) => {
    if (tries === 0) throw error
    return undefined
  })
  if (answer !== undefined) return answer
  if (tries === 0) throw new Error("it did not happen in time")
  await new Promise((resolve) => setTimeout(resolve, 100))
  return eventually(ask, tries - 1)
}
