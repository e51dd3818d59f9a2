import { PutObjectCommand } from "@aws-sdk/client-s3"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { Cloud } from "../../../src/aws/cloud.ts"
import { commandResult, type Patience } from "../../../src/aws/ssm/command-result.ts"
import { type Sent, sendCommand } from "../../../src/aws/ssm/send-command.ts"
import { Interrupted } from "../../../src/errors.ts"
import type { Ended } from "../../../src/sandbox/machines/inside.ts"
import { fine, type SsmGround, ssmGround } from "./ground.ts"

let on: SsmGround
let count = 0
beforeAll(async () => {
  on = await ssmGround()
}, 60_000)
afterAll(() => on.close())

const patient: Patience = { stop: new AbortController().signal, atMost: 3_600_000 }
const send = (answer: SsmGround["answer"]) => {
  on.answer = answer
  return sendCommand(on.cloud, on.wish((++count).toString(16).padStart(32, "0")))
}
const told = async (ended: Ended) => commandResult(on.cloud, await send(async () => ended), patient)
/** Goes on until the machine itself is switched off. */
const untilOff = (signal: AbortSignal) =>
  new Promise<Ended>((resolve) => signal.addEventListener("abort", () => resolve(fine())))
const elsewhere = (sent: Sent): Sent => ({ ...sent, output: { ...sent.output, prefix: "elsewhere" } })

describe("how a command ended", () => {
  it("is what its node says of it", async () => {
    expect(await told(fine("out\n", "err\n"))).toEqual({
      succeeded: true,
      status: "Success",
      code: 0,
      output: "out\n",
      errors: "err\n",
    })
    expect(await told({ code: 3, output: "", errors: "no\n" })).toMatchObject({
      succeeded: false,
      status: "Failed",
      code: 3,
      errors: "no\n",
    })
  })

  it("is waited for", async () => {
    const slow = await send(async (_, signal) => {
      await on.cloud.clock.sleep(30_000, signal)
      return fine("late\n")
    })
    expect(await commandResult(on.cloud, slow, patient)).toMatchObject({ succeeded: true, output: "late\n" })
  })

  it("is asked for until Systems Manager knows of the command", { timeout: 60_000 }, async () => {
    // There a second is long enough to be seen.
    const slow = await ssmGround(4)
    const sent = await sendCommand(slow.cloud, slow.wish("0".repeat(32)))
    expect(await commandResult(slow.cloud, sent, patient)).toMatchObject({ succeeded: true })
    const answers = slow.sandbox.world.trace.list().filter(({ operation }) => operation === "GetCommandInvocation")
    expect(answers[0]).toMatchObject({ code: "InvocationDoesNotExist" })
    await slow.close()
  })

  it("is a failure with its own word where it took too long", async () => {
    expect(await told({ ...fine("half"), code: 137, late: true })).toMatchObject({
      succeeded: false,
      status: "ExecutionTimedOut",
      output: "half",
    })
  })

  it("is asked for again where AWS throttles, or gives no answer", async () => {
    on.fault({ name: "throttle", operation: "ssm:GetCommandInvocation", times: 3 })
    expect(await told(fine("a"))).toMatchObject({ output: "a" })
    on.fault({ name: "reset", operation: "ssm:GetCommandInvocation", times: 1 })
    expect(await told(fine("b"))).toMatchObject({ output: "b" })
    on.fault()
  })

  it("that nobody tells is not waited for for ever, and how to look at it is said", async () => {
    const sent = await send((_, signal) => untilOff(signal))
    await expect(commandResult(on.cloud, sent, { ...patient, atMost: 60_000 })).rejects.toMatchObject({
      message: expect.stringMatching(new RegExp(`^${on.node} has not answered for \\d+ s$`)),
      hint: expect.stringContaining(`aws ssm get-command-invocation --command-id ${sent.id} --instance-id ${on.node}`),
    })
  })

  it("has its time in full where the account's time runs faster than what a node does", async () => {
    const sent = await send((_, signal) => untilOff(signal))
    const clock = { ...on.cloud.clock, patience: 60_000 }
    const begun = clock.now()
    await expect(commandResult({ ...on.cloud, clock }, sent, { ...patient, atMost: 0 })).rejects.toThrow(
      "has not answered",
    )
    expect(clock.now() - begun).toBeGreaterThanOrEqual(60_000)
  })

  it("is not waited for once somebody stops it, and the node goes on", async () => {
    const stop = new AbortController()
    let ended = false
    const sent = await send(async (_, signal) => {
      signal.addEventListener("abort", () => {
        ended = true
      })
      stop.abort()
      return untilOff(signal)
    })
    await expect(commandResult(on.cloud, sent, { ...patient, stop: stop.signal })).rejects.toBeInstanceOf(Interrupted)
    expect(ended).toBe(false)
  })
})

describe("output that Systems Manager cuts", () => {
  const long = Array.from({ length: 6_000 }, (_, line) => `line ${line}\n`).join("")

  it("is read whole from where it was kept, each stream by itself", async () => {
    expect(Buffer.byteLength(long)).toBeGreaterThan(24_000)
    expect(await told(fine(long, "short\n"))).toMatchObject({ output: long, errors: "short\n" })
    expect(await told(fine("short\n", long))).toMatchObject({ output: "short\n", errors: long })
  })

  it("is known by its bytes: letters may have more than one", async () => {
    const few = "é│\n".repeat(5_000)
    expect([few.length < 24_000, Buffer.byteLength(few) > 24_000]).toEqual([true, true])
    expect((await told(fine(few))).output).toBe(few)
  })

  it.each([
    ["is a byte shorter than what is cut", 23_999, 0],
    ["is as long as what is cut", 24_000, 1],
  ])("and that which %s", async (_, length, reads) => {
    const before = on.asked("s3:GetObject")
    expect((await told(fine("x".repeat(length)))).output).toBe("x".repeat(length))
    expect(on.asked("s3:GetObject") - before).toBe(reads)
  })

  it("is waited for a moment where it is not kept yet", async () => {
    const sent = await send(async () => fine(long))
    const Key = `elsewhere/${sent.id}/${on.node}/awsrunShellScript/run/stdout`
    const { now, sleep } = on.cloud.clock
    const late: Cloud = Object.create(on.cloud, {
      clock: {
        value: {
          now,
          sleep: async (milliseconds: number, stop?: AbortSignal) => {
            if (on.asked("s3:ListObjectsV2") > looked)
              await on.cloud.s3.send(new PutObjectCommand({ Bucket: sent.output.bucket, Key, Body: "all of it" }))
            return sleep(milliseconds, stop)
          },
        },
      },
    })
    const looked = on.asked("s3:ListObjectsV2")
    expect((await commandResult(late, elsewhere(sent), patient)).output).toBe("all of it")
  })

  it("and was kept nowhere is shown as far as it goes, and says so", async () => {
    const sent = await send(async () => fine(long))
    const { output, succeeded } = await commandResult(on.cloud, elsewhere(sent), patient)
    expect(succeeded).toBe(true)
    expect(output.startsWith(long.slice(0, 20_000))).toBe(true)
    expect(output).toMatch(/\n\(cut here: the rest was not found in s3:\/\/[\w-]+\/elsewhere\/[^/]+\/i-\w+\/\)$/)
  })
})
