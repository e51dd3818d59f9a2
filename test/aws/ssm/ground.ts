import { CreateDocumentCommand, DescribeInstanceInformationCommand } from "@aws-sdk/client-ssm"
import { vi } from "vitest"
import { openCloud, type Session } from "../../../src/aws/clients.ts"
import { scaledClock } from "../../../src/aws/clock.ts"
import type { CommandWish } from "../../../src/aws/ssm/send-command.ts"
import type { Fault } from "../../../src/sandbox/faults.ts"
import { type InProcess, inProcess } from "../../../src/sandbox/in-process.ts"
import type { Ended, Order } from "../../../src/sandbox/machines/inside.ts"
import { services } from "../../../src/sandbox/services/index.ts"
import { bucket, clientsOf, ground, launch } from "../../sandbox/machines/node.ts"

export interface SsmGround {
  readonly cloud: Session
  readonly sandbox: InProcess
  /** The id of an instance whose agent speaks. */
  readonly node: string
  /** What reached it. */
  readonly orders: Order[]
  /** What it does with a command. */
  answer: (order: Order, signal: AbortSignal) => Promise<Ended>
  wish(run: string): CommandWish
  fault(...faults: readonly Fault[]): void
  /** How often the sandbox was asked for it. */
  asked(operation: string): number
  close(): Promise<void>
}

export const fine = (output = "", errors = ""): Ended => ({ code: 0, output, errors })

/** A sandbox with one node that takes commands of the document `say`, and keeps what they print. */
export async function ssmGround(speed = 1000): Promise<SsmGround> {
  const orders: Order[] = []
  const self = { answer: async (): Promise<Ended> => fine() } as Pick<SsmGround, "answer">
  const sandbox = await inProcess({
    services: services(),
    speed,
    machines: () => ({
      boot: async () => {},
      run: (_, order, signal) => {
        orders.push(order)
        return self.answer(order, signal)
      },
      discard() {},
      close: async () => {},
    }),
  })
  const clients = clientsOf(sandbox)
  const subnet = await ground(clients, async (seconds) => sandbox.world.clock.advance(seconds * 1000))
  const node = await launch(clients, subnet, "")
  await clients.ssm.send(new CreateDocumentCommand({ Name: "say", Content, DocumentType: "Command" }))
  // What takes its time at the start is over then.
  sandbox.world.clock.advance(120_000)
  await vi.waitFor(
    async () => {
      const { InstanceInformationList: [one] = [] } = await clients.ssm.send(new DescribeInstanceInformationCommand({}))
      if (one?.PingStatus !== "Online") throw new Error("the agent has not spoken yet")
    },
    { timeout: 20_000, interval: 20 },
  )
  for (const client of Object.values(clients)) client.destroy()
  const { url, accessKeyId, secretAccessKey, region } = sandbox.connection
  const credentials = { accessKeyId, secretAccessKey }
  const cloud = await openCloud({ region, endpoint: url, onlyOrigin: url, credentials, clock: scaledClock(speed) })
  return Object.assign(self, {
    cloud,
    sandbox,
    node,
    orders,
    wish: (run: string) => ({
      document: "say",
      version: "1",
      instance: node,
      parameters: { Word: "hello" },
      run,
      output: { bucket, prefix: "output" },
    }),
    fault: (...faults: readonly Fault[]) => sandbox.world.faults.set(faults),
    asked: (operation: string) =>
      sandbox.world.trace.list().filter((entry) => `${entry.service}:${entry.operation}` === operation).length,
    close: async () => {
      cloud.close()
      await sandbox.close()
    },
  })
}

const text = (allowedPattern: string) => ({ type: "String", allowedPattern })

const Content = JSON.stringify({
  schemaVersion: "2.2",
  description: "says a word",
  parameters: { Word: text("^[a-z]+$"), Run: text("^[0-9a-f]{32}$") },
  mainSteps: [{ action: "aws:runShellScript", name: "run", inputs: { runCommand: ["echo {{ Word }} {{ Run }}"] } }],
})
