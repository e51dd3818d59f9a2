import { StopInstancesCommand, TerminateInstancesCommand } from "@aws-sdk/client-ec2"
import { CreateDocumentCommand, DescribeInstanceInformationCommand, SendCommandCommand } from "@aws-sdk/client-ssm"
import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { type InProcess, inProcess } from "../../../src/sandbox/in-process.ts"
import { services } from "../../../src/sandbox/services/index.ts"
import { type Clients, clientsOf, ground, launch } from "./node.ts"

const boot = "#!/bin/bash\n"

let sandbox: InProcess
let clients: Clients
let nodes: readonly string[]
let told: string[]
let discarded: string[]
let held: Promise<void>
let release: () => void

beforeEach(async () => {
  told = []
  discarded = []
  held = Promise.resolve()
  sandbox = await inProcess({
    services: services(),
    speed: 1000,
    machines: () => ({
      boot: async () => {},
      run: async ({ id }) => {
        told.push(id)
        if (id === nodes[0]) await held
        return { code: 0, output: "", errors: "" }
      },
      discard: (id) => void discarded.push(id),
      close: async () => {},
    }),
  })
  release = () => {}
  clients = clientsOf(sandbox)
  const subnet = await ground(clients, async (seconds) => sandbox.world.clock.advance(seconds * 1000))
  nodes = [
    await launch(clients, subnet, boot),
    await launch(clients, subnet, boot),
    await launch(clients, subnet, boot),
  ]
  const inputs = { runCommand: ["true"] }
  const mainSteps = [{ action: "aws:runShellScript", name: "run", inputs }]
  const Content = JSON.stringify({ schemaVersion: "2.2", mainSteps })
  await clients.ssm.send(new CreateDocumentCommand({ Name: "run", Content, DocumentType: "Command" }))
  await vi.waitFor(async () => expect(await online()).toEqual(nodes.toSorted()), { timeout: 10_000 })
})
afterEach(() => {
  release()
  return sandbox.close()
})

const online = async () => {
  const { InstanceInformationList = [] } = await clients.ssm.send(new DescribeInstanceInformationCommand({}))
  return InstanceInformationList.flatMap(({ InstanceId, PingStatus }) =>
    PingStatus === "Online" ? [InstanceId ?? ""] : [],
  ).toSorted()
}
const send = (...InstanceIds: readonly string[]) =>
  clients.ssm.send(new SendCommandCommand({ DocumentName: "run", InstanceIds: [...InstanceIds] }))

test("each of several machines takes up what it is told, also while another one is still at it", async () => {
  held = new Promise((resolve) => {
    release = resolve
  })
  await send(...nodes)
  await vi.waitFor(() => expect(told.toSorted()).toEqual(nodes.toSorted()))
  await send(nodes[1] ?? "")
  await vi.waitFor(() => expect(told).toHaveLength(4))
  release()
})

test("one whose agent is dead hears nothing, and the others hear all", async () => {
  const [dead = "", second = "", third = ""] = nodes
  sandbox.world.faults.set([{ name: "agent", operation: `agent:${dead}` }])
  expect(await online()).toEqual([second, third].toSorted())
  await expect(send(dead)).rejects.toMatchObject({ name: "InvalidInstanceId" })
  await send(second, third)
  await vi.waitFor(() => expect(told.toSorted()).toEqual([second, third].toSorted()))
  sandbox.world.faults.set([])
  await send(dead)
  await vi.waitFor(() => expect(told).toContain(dead))
})

test("one that is stopped is lost, and the others go on", async () => {
  const [gone = "", ...rest] = nodes
  await clients.ec2.send(new StopInstancesCommand({ InstanceIds: [gone] }))
  sandbox.world.clock.advance(60_000)
  expect(await online()).toEqual(rest.toSorted())
  await send(...rest)
  await vi.waitFor(() => expect(told.toSorted()).toEqual(rest.toSorted()))
})

test("what was on one that is terminated goes when nothing runs there any more, and the sandbox ends after that", async () => {
  const [gone = "", ...rest] = nodes
  held = new Promise((resolve) => {
    release = resolve
  })
  await send(gone)
  await vi.waitFor(() => expect(told).toEqual([gone]))
  await clients.ec2.send(new TerminateInstancesCommand({ InstanceIds: [gone] }))
  sandbox.world.clock.advance(60_000)
  await vi.waitFor(async () => expect(await online()).toEqual(rest.toSorted()))
  let closed = false
  const closing = sandbox.close().then(() => {
    closed = true
  })
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect([closed, discarded]).toEqual([false, []])
  release()
  await closing
  expect(discarded).toEqual([gone])
})
