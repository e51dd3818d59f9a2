import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest"
import { commandResult } from "../../../src/aws/ssm/command-result.ts"
import { sendCommand } from "../../../src/aws/ssm/send-command.ts"
import { NotFound, NotYet, OutcomeUnknown } from "../../../src/errors.ts"
import { fine, type SsmGround, ssmGround } from "./ground.ts"

let on: SsmGround
let count = 0
let sentBefore = 0
beforeAll(async () => {
  on = await ssmGround()
}, 60_000)
afterAll(() => on.close())
beforeEach(() => {
  on.fault()
  on.orders.length = 0
  sentBefore = on.asked("ssm:SendCommand")
})

const newRun = () => (++count).toString(16).padStart(32, "0")
const sends = () => on.asked("ssm:SendCommand") - sentBefore
const arrived = async (times: number) => {
  await vi.waitFor(() => expect(on.orders).toHaveLength(times))
  return on.orders
}

describe("a command", () => {
  it("reaches its node once, by the version that was looked at, with its run id and no more", async () => {
    const run = newRun()
    const sent = await sendCommand(on.cloud, on.wish(run))
    expect(sent).toEqual({
      id: expect.any(String),
      instance: on.node,
      output: { bucket: expect.any(String), prefix: "output" },
    })
    const [order] = await arrived(1)
    expect(order).toMatchObject({
      CommandId: sent.id,
      DocumentName: "say",
      DocumentVersion: "1",
      Parameters: { Word: ["hello"], Run: [run] },
      KeyPrefix: "output",
      Comment: `smart0dte run ${run}`,
    })
  })

  it("is carried out where the node turns to it late, and by fast time its minute is long over", async () => {
    // As for whoever sits at a sandbox: some of it takes as long as it does, however fast time runs.
    const cloud = { ...on.cloud, clock: { ...on.cloud.clock, patience: 1000 * 120_000 } }
    const { bell } = on.sandbox.world
    const deaf = bell.listen(() => {
      deaf()
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200)
    })
    on.answer = async () => fine("said\n")
    const sent = await sendCommand(cloud, { ...on.wish(newRun()), deliverWithin: 60 })
    const stop = new AbortController().signal
    expect(await commandResult(cloud, sent, { stop, atMost: 60_000 })).toMatchObject({
      status: "Success",
      output: "said\n",
    })
  })

  it.each(["lost", "error500-after"] as const)(
    "whose answer is %s is found by its run id, and not sent again",
    async (name) => {
      const other = await sendCommand(on.cloud, on.wish(newRun()))
      await arrived(1)
      on.fault({ name, operation: "ssm:SendCommand", times: 1 })
      const { id } = await sendCommand(on.cloud, on.wish(newRun()))
      expect(sends()).toBe(2)
      const orders = await arrived(2)
      expect(orders.map(({ CommandId }) => CommandId)).toEqual([other.id, id])
    },
  )

  it("that never arrived is sent again, whatever else was sent before", async () => {
    await sendCommand(on.cloud, on.wish(newRun()))
    await arrived(1)
    const run = newRun()
    on.fault({ name: "reset", operation: "ssm:SendCommand", times: 1 })
    const { id } = await sendCommand(on.cloud, on.wish(run))
    expect((await arrived(2))[1]).toMatchObject({ CommandId: id, Parameters: { Run: [run] } })
  })

  it("of which nothing is ever heard ends as that, and is not sent for ever", async () => {
    on.fault({ name: "reset", operation: "ssm:SendCommand" })
    await expect(sendCommand(on.cloud, on.wish(newRun()))).rejects.toBeInstanceOf(OutcomeUnknown)
    expect(sends()).toBe(3)
    expect(on.orders).toEqual([])
  })

  it("that is throttled waits and is sent then, once", async () => {
    on.fault({ name: "throttle", operation: "ssm:SendCommand", times: 3 })
    await sendCommand(on.cloud, on.wish(newRun()))
    await arrived(1)
  })

  it("for a node that does not speak is refused as not yet possible, and not tried in vain", async () => {
    const wish = { ...on.wish(newRun()), instance: "i-0123456789abcdef0" }
    await expect(sendCommand(on.cloud, wish)).rejects.toBeInstanceOf(NotYet)
    expect(sends()).toBe(1)
  })

  it.each([
    ["document", { document: "gone" }, NotFound],
    ["parameter", { parameters: { Word: "$(reboot)" } }, /Word/],
  ])("with a wrong %s reaches nobody", async (_, wrong, expected) => {
    await expect(sendCommand(on.cloud, { ...on.wish(newRun()), ...wrong })).rejects.toThrow(expected)
    expect(on.orders).toEqual([])
  })
})
