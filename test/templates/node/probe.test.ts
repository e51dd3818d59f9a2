import { once } from "node:events"
import { type AddressInfo, createServer, type Socket } from "node:net"
import { join } from "node:path"
import { execa } from "execa"
import { describe, expect, it, onTestFinished } from "vitest"
import { scripts } from "./bash.ts"

const frame = (...fields: readonly string[]) => {
  const body = Buffer.from(fields.map((field) => `${field}\0`).join(""))
  const size = Buffer.alloc(4)
  size.writeUInt32BE(body.length)
  return Buffer.concat([size, body])
}

async function serving(answer: (line: Socket) => void): Promise<string> {
  const server = createServer((line) => {
    line.on("error", () => undefined)
    answer(line)
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  onTestFinished(() => void server.close())
  // It listens at a port of the loopback.
  return String((server.address() as AddressInfo).port)
}

const probe = async (...args: readonly string[]) => {
  const { exitCode, stdout, stderr } = await execa("python3", [join(scripts, "probe.py"), ...args], { reject: false })
  return { exitCode, stdout, stderr }
}

describe("the probe", { timeout: 30_000 }, () => {
  it("says the accounts that a gateway is logged in to, and sends nothing but its name", async () => {
    const heard: Buffer[] = []
    const port = await serving((line) => {
      line.once("data", (hello) => {
        heard.push(hello)
        line.write(frame("176", "20261121 09:30:00 EST"))
        line.on("data", (data) => {
          heard.push(data)
          // In pieces, and after what it says besides.
          const said = Buffer.concat([frame("9", "1", "1"), frame("15", "1", "U1234567,U7654321,")])
          line.write(said.subarray(0, 15))
          setTimeout(() => line.write(said.subarray(15)), 20)
        })
      })
    })
    expect(await probe("account", "127.0.0.1", port, "990")).toEqual({
      exitCode: 0,
      stdout: "U1234567,U7654321",
      stderr: "",
    })
    const version = Buffer.from("v100..176")
    expect(Buffer.concat(heard)).toEqual(
      Buffer.concat([
        Buffer.from("API\0"),
        Buffer.from([0, 0, 0, version.length]),
        version,
        frame("71", "2", "990", ""),
      ]),
    )
  })

  it.each([
    ["hangs up", (line: Socket) => line.end()],
    ["is another server", (line: Socket) => line.end("HTTP/1.1 400 Bad Request\r\n\r\n")],
    ["is one of long words", (line: Socket) => line.write(Buffer.from([127, 255, 255, 255]))],
  ])("says no account where what answers %s", async (_what, answer) => {
    const port = await serving(answer)
    const { exitCode, stdout } = await probe("account", "127.0.0.1", port, "990")
    expect([exitCode, stdout]).toEqual([1, ""])
  })

  it("says whether anything answers at a port", async () => {
    const port = await serving((line) => line.end())
    expect((await probe("reach", "127.0.0.1", port)).exitCode).toBe(0)
    expect((await probe("reach", "127.0.0.1", "1")).exitCode).toBe(1)
    expect(await probe("reach", "127.0.0.1")).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining("reach HOST PORT"),
    })
  })
})
