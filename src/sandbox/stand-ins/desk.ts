import { once } from "node:events"
import { createServer, type Socket } from "node:net"
import type { Calling } from "./context.ts"
import { NeedsInput, runStandIn } from "./run.ts"

/**
 * Where the commands in machines' folders ask. Each of them is a few lines of bash: a process of Node's for each would
 * take most of the time, as scripts call hundreds of them.
 */
export interface Desk {
  readonly port: number
  /** The secret by which the commands of a machine's folder are known. */
  admit(token: string, dir: string): void
  close(): void
}

export async function openDesk(mishap: NonNullable<Calling["mishap"]>): Promise<Desk> {
  const machines = new Map<string, string>()
  const server = createServer((socket) => {
    socket.on("error", () => socket.destroy())
    answer(machines, mishap, socket).catch(() => socket.destroy())
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  server.unref()
  const address = server.address()
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    admit: (token, dir) => void machines.set(token, dir),
    close: () => void server.close(),
  }
}

async function answer(
  machines: ReadonlyMap<string, string>,
  mishap: NonNullable<Calling["mishap"]>,
  socket: Socket,
): Promise<void> {
  const items = await readItems(socket)
  const [token = "", name = "", cwd = "", count = "", ...rest] = items
  const dir = machines.get(token)
  if (dir === undefined) return void socket.destroy()
  const gone = new AbortController()
  socket.once("close", () => gone.abort())
  // Only its end is of interest now.
  socket.resume()
  const args = rest.slice(0, Number(count))
  const [input, ...pairs] = rest.slice(Number(count))
  const said = { out: "", err: "" }
  const calling = {
    args,
    cwd,
    signal: gone.signal,
    mishap,
    env: Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)])),
    input: () => {
      if (!input?.startsWith("=")) throw new NeedsInput()
      return input.slice(1)
    },
    out: (text: string) => {
      said.out += text
    },
    err: (text: string) => {
      said.err += text
    },
  }
  const code = await runStandIn(dir, name, calling).catch((error: unknown) => {
    if (error instanceof NeedsInput) return "input"
    throw error
  })
  const whole = code === "input" ? { out: "", err: "" } : said
  socket.end(`${code} ${Buffer.byteLength(whole.out)} ${Buffer.byteLength(whole.err)}\n${whole.out}${whole.err}`)
}

/** Texts, each as its length in bytes, a colon and itself, up to an empty one of the length `-`. */
async function readItems(socket: Socket): Promise<readonly string[]> {
  let bytes = Buffer.alloc(0)
  const items: string[] = []
  const take = (): "all" | "more" => {
    for (;;) {
      const at = bytes.indexOf(":")
      if (at < 0) return "more"
      const size = bytes.toString("latin1", 0, at)
      if (size === "-") return "all"
      const end = at + 1 + Number(size)
      if (bytes.length < end) return "more"
      items.push(bytes.toString("utf8", at + 1, end))
      bytes = bytes.subarray(end)
    }
  }
  return new Promise((resolve, reject) => {
    const read = (part: Buffer) => {
      bytes = Buffer.concat([bytes, part])
      if (take() === "more") return
      socket.off("data", read)
      resolve(items)
    }
    socket.on("data", read)
    socket.once("end", () => reject(new Error("a command ended before it had said what it wants")))
  })
}
