import { CreateTagsCommand } from "@aws-sdk/client-ec2"
import { CreateBucketCommand } from "@aws-sdk/client-s3"
import { CreateDocumentCommand, DescribeInstanceInformationCommand, PutParameterCommand } from "@aws-sdk/client-ssm"
import { vi } from "vitest"
import { openCloud, type Session } from "../../src/aws/clients.ts"
import { scaledClock } from "../../src/aws/clock.ts"
import { nameFor, parameterName, stateBucketName } from "../../src/aws/names.ts"
import { type Objects, stateObjects } from "../../src/aws/state/objects.ts"
import { createRecord } from "../../src/aws/state/record.ts"
import type { Trading, TradingRecord } from "../../src/aws/trading/record.ts"
import { changeTrading, readTrading } from "../../src/aws/trading/store.ts"
import { documentContents } from "../../src/nodes/documents.ts"
import type { NodeSaid } from "../../src/nodes/live/said.ts"
import type { System } from "../../src/nodes/systems.ts"
import { type InProcess, inProcess } from "../../src/sandbox/in-process.ts"
import { services } from "../../src/sandbox/services/index.ts"
import { type Traders, traders } from "../nodes/traders.ts"
import { clientsOf, ground, launch } from "../sandbox/machines/node.ts"

export interface TradingGround {
  readonly cloud: Session
  readonly sandbox: InProcess
  readonly objects: Objects
  readonly machines: Traders
  readonly nodes: readonly string[]
  /** Writes how systems trade; the trader is the first node. */
  record(systems: Readonly<Partial<Record<System, Partial<Trading>>>>): Promise<TradingRecord>
  read(): Promise<TradingRecord | undefined>
  /** What a node has reported last; the trader, where nothing else is said. */
  says(system: System, words: Partial<NodeSaid>): Promise<unknown>
  close(): Promise<void>
}

export const scope = "poc"
const place = { account: "111122223333", region: "us-east-1" }

/** So many nodes that trade as they are told, and time that runs so many times as fast. */
export async function tradingGround(count: number, speed: number): Promise<TradingGround> {
  const machines = traders(scope, stateBucketName(place))
  const sandbox = await inProcess({ services: services(), speed, ...place, machines: () => machines })
  const clients = clientsOf(sandbox)
  const pass = async (seconds: number) => sandbox.world.clock.advance(seconds * 1000)
  await clients.s3.send(new CreateBucketCommand({ Bucket: stateBucketName(place) }))
  const subnet = await ground(clients, pass)
  const nodes: string[] = []
  for (let number = 1; number <= count; number++) nodes.push(await launch(clients, subnet, ""))
  const Tags = [
    { Key: "smart0dte:scope", Value: scope },
    { Key: "smart0dte:step", Value: "instance/node" },
  ]
  if (count > 0) await clients.ec2.send(new CreateTagsCommand({ Resources: nodes, Tags }))
  for (const name of ["halt", "resume", "compose"] as const) {
    const Content = JSON.stringify(documentContents[name])
    await clients.ssm.send(
      new CreateDocumentCommand({ Name: nameFor(scope, name, 128), Content, DocumentType: "Command" }),
    )
  }
  await pass(120)
  await vi.waitFor(
    async () => {
      const { InstanceInformationList = [] } = await clients.ssm.send(new DescribeInstanceInformationCommand({}))
      if (InstanceInformationList.length < count) throw new Error("not all agents have spoken yet")
    },
    { timeout: 20_000, interval: 20 },
  )
  for (const client of Object.values(clients)) client.destroy()
  const { url, accessKeyId, secretAccessKey, region } = sandbox.connection
  const credentials = { accessKeyId, secretAccessKey }
  // What people wait for is waited for as long as with real time.
  const clock = { ...scaledClock(speed, sandbox.world.clock.now()), patience: speed * 120_000 }
  const cloud = await openCloud({ region, endpoint: url, onlyOrigin: url, credentials, clock })
  const objects = stateObjects(cloud, cloud.s3)
  await createRecord(objects, { schema: 1, scope, generation: "1", created: "2026-01-01", wishes: {} })
  return {
    cloud,
    sandbox,
    objects,
    machines,
    nodes,
    record: (systems) =>
      changeTrading(objects, scope, { by: "arn:test", run: "0".repeat(32), at: "2026-01-01T00:00:00Z" }, () =>
        Object.fromEntries(
          Object.entries(systems).map(([name, own]) => [name, { ...paper, trader: nodes[0] ?? "", ...own }]),
        ),
      ),
    read: async () => (await readTrading(objects, scope))?.record,
    says: (system, words) =>
      cloud.ssm.send(
        new PutParameterCommand({
          Name: parameterName(scope, "state", "trading", system),
          Type: "String",
          Value: JSON.stringify({ ...silent, node: nodes[0], system, ...words }),
        }),
      ),
    async close() {
      cloud.close()
      await sandbox.close()
    },
  }
}

const silent: Omit<NodeSaid, "node" | "system"> = {
  ...{ clock: "", epoch: "", record: "", mode: "none", trading: "stopped", latch: "no", marker: "clear" },
  ...{ trader: "yes", gateways: "", gateway: "none", readOnly: "unknown", account: "", digest: "", config: "" },
  ...{ limits: "", healthy: "yes", data: "yes", credentials: "no" },
}

const paper: Trading = {
  mode: "testing",
  trading: "active",
  trader: "",
  since: "2026-01-01T00:00:00Z",
  digest: "",
  limits: "",
  account: "",
}
