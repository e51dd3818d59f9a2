import { CreateTagsCommand } from "@aws-sdk/client-ec2"
import { CreateBucketCommand } from "@aws-sdk/client-s3"
import { CreateDocumentCommand, DescribeInstanceInformationCommand, PutParameterCommand } from "@aws-sdk/client-ssm"
import { vi } from "vitest"
import { openCloud, type Session } from "../../src/aws/clients.ts"
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
import type { Saved } from "../../src/sandbox/state-file.ts"
import { type Traders, traders } from "../nodes/traders.ts"
import { type EagerClock, eagerClock } from "../sandbox/eager-clock.ts"
import { clientsOf, ground, launch } from "../sandbox/machines/node.ts"

export interface TradingGround {
  readonly cloud: Session
  readonly clock: EagerClock
  readonly sandbox: InProcess
  readonly objects: Objects
  readonly machines: Traders
  readonly nodes: readonly string[]
  /** Writes how systems trade; the trader is the first node. */
  record(systems: Readonly<Partial<Record<System, Partial<Trading>>>>): Promise<TradingRecord>
  read(): Promise<TradingRecord | undefined>
  /** What a node has reported last; the trader, where nothing else is said. */
  says(system: System, words: Partial<NodeSaid>): Promise<unknown>
  /** From now on each node looks at the markers every other second, as its timer does. */
  watch(): void
  /** Waits until it is so, for half a minute of the account's time. */
  soon(check: () => void): Promise<void>
  close(): Promise<void>
}

export const scope = "poc"
const place = { account: "111122223333", region: "us-east-1" }

/** So many nodes that are up, kept for grounds that begin with them. */
export async function prepared(count: number): Promise<Prepared> {
  const sandbox = await inProcess({ ...place, services: services(), machines: () => machinesOf() })
  const clients = clientsOf(sandbox)
  const pass = async (seconds: number) => {
    sandbox.world.clock.advance(seconds * 1000)
    sandbox.world.bell.ring()
  }
  await clients.s3.send(new CreateBucketCommand({ Bucket: stateBucketName(place) }))
  const subnet = await ground(clients, pass)
  const nodes: string[] = []
  for (let number = 1; number <= count; number++) nodes.push(await launch(clients, subnet, ""))
  const Tags = [
    { Key: "smart0dte:scope", Value: scope },
    { Key: "smart0dte:step", Value: "instance/node" },
  ]
  if (count > 0) await clients.ec2.send(new CreateTagsCommand({ Resources: nodes, Tags }))
  for (const name of ["halt", "resume", "compose", "switch-live", "switch-paper"] as const) {
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
  const { store, clock } = sandbox.world
  const saved = { contents: store.contents(), time: clock.moment() }
  await sandbox.close()
  return { saved, nodes }
}

export interface Prepared {
  readonly saved: Saved
  readonly nodes: readonly string[]
}

/** Nodes that trade as they are told, and time for which nobody has to wait. */
export async function tradingGround({ saved, nodes }: Prepared): Promise<TradingGround> {
  const machines = machinesOf()
  const sandbox = await inProcess({ ...place, services: services(), speed: 1, saved, machines: () => machines })
  const { url, accessKeyId, secretAccessKey, region } = sandbox.connection
  const credentials = { accessKeyId, secretAccessKey }
  const clock = eagerClock(sandbox.world)
  const cloud = await openCloud({ region, endpoint: url, onlyOrigin: url, credentials, clock })
  const objects = stateObjects(cloud, cloud.s3)
  await createRecord(objects, { schema: 1, scope, generation: "1", created: "2026-01-01", wishes: {} })
  const over = new AbortController()
  return {
    cloud,
    clock,
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
    watch: () => void watching(clock, machines, over.signal),
    async soon(check) {
      for (const end = clock.now() + 30_000; ; await clock.sleep(250)) {
        try {
          return check()
        } catch (error) {
          if (clock.now() > end) throw error
        }
      }
    },
    async close() {
      over.abort()
      cloud.close()
      await sandbox.close()
    },
  }
}

const machinesOf = (): Traders => traders(scope, stateBucketName(place))

async function watching(clock: EagerClock, machines: Traders, stop: AbortSignal): Promise<void> {
  for (;;) {
    await clock.doze(2_000, stop)
    if (stop.aborted) return
    machines.watch()
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
