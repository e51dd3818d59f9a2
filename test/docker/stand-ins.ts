import { join } from "node:path"
import { GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3"
import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager"
import {
  CreateDocumentCommand,
  GetCommandInvocationCommand,
  GetParameterCommand,
  PutParameterCommand,
  SendCommandCommand,
} from "@aws-sdk/client-ssm"
import { filesOfNodes } from "../../src/nodes/files.ts"
import boot from "../../src/templates/boot.sh"
import document from "../../src/templates/documents/release.json" with { type: "json" }
import { render } from "../../src/templates/render.ts"
import { bucket, clientsOf, ground, launch } from "../sandbox/machines/node.ts"
import type { Yard } from "../sandbox/machines/yard.ts"
import type { Ground, Report } from "./ground.ts"
import { put } from "./node.ts"

/** A node of the sandbox: the same scripts, with stand-ins for all that they call. */
export async function sandboxNode(yard: Yard): Promise<Ground> {
  const clients = clientsOf(yard.sandbox)
  const { ssm, s3 } = clients
  const { url, region, accessKeyId, secretAccessKey } = yard.sandbox.connection
  const secrets = new SecretsManagerClient({ endpoint: url, region, credentials: { accessKeyId, secretAccessKey } })
  const files = filesOfNodes()
  const subnet = await ground(clients, async (seconds) => yard.sandbox.world.clock.advance(seconds * 1000))
  const putObject = async (Key: string, Body: string) => {
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body }))
  }
  for (const [name, text] of Object.entries(files.texts))
    await putObject(`environments/poc/node/${files.sha}/${name}`, text)
  const release = { Name: "release", DocumentType: "Command", Content: JSON.stringify(document) } as const
  await ssm.send(new CreateDocumentCommand(release))
  const instance = await launch(clients, subnet, render(boot, { region, scope: "poc", bucket, files: files.sha }))
  const node: Ground = {
    async act(action, system, wish) {
      const Parameters = {
        Action: [action],
        System: [system],
        Wish: [wish],
        Files: [files.sha],
        Run: [crypto.randomUUID().replaceAll("-", "")],
      }
      const sent = await ssm.send(
        new SendCommandCommand({ DocumentName: "release", InstanceIds: [instance], Parameters }),
      )
      return eventually(async () => {
        const ids = { CommandId: sent.Command?.CommandId, InstanceId: instance }
        const { Status, ResponseCode = -1 } = await ssm.send(new GetCommandInvocationCommand(ids))
        return Status === "Success" || Status === "Failed" ? ResponseCode : undefined
      })
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
    putToken: (system, token) =>
      put(join(yard.dir, "machines", instance, "root/var/lib/smart0dte/influx/tokens", system), token),
    putObject,
    async readObject(Key) {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }))
      return (await Body?.transformToString()) ?? ""
    },
  }
  await eventually(async () => ((await node.report("node", "main")).phase === "ready" ? true : undefined))
  return node
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
