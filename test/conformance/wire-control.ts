import { createServer, type IncomingMessage } from "node:http"
import fc from "fast-check"
import { receive } from "../../src/sandbox/receive.ts"
import type { Dialect } from "../../src/sandbox/wire/dialect.ts"
import type { Operation } from "../../src/sandbox/wire/schema.ts"
import { anyOf, withoutOwn } from "../sandbox/wire/arbitrary.ts"
import type { Echo } from "../sandbox/wire/echo.ts"
import { plain } from "../sandbox/wire/plain.ts"
import { known } from "./wire-known.ts"

export interface Control {
  readonly url: string
  close(): void
}

/** Lets another process say what the wire answers next, and ask whether what it sent is what was read. */
export async function startControl(echo: Echo, dialects: ReadonlyMap<string, Dialect>): Promise<Control> {
  let operation: Operation | undefined
  const next = (service: string, name: string) => {
    const dialect = dialects.get(service)
    operation = dialect?.operations.get(name)
    if (!dialect || !operation) return null
    const [output] = fc.sample(anyOf(operation.output), { numRuns: 1, seed: 1 })
    echo.answer(dialect, output as object)
    return { output: plain(output, "dropped") ?? {} }
  }
  const latest = (sent: unknown) => {
    const found = echo.latest()
    const input = operation ? plain(known(operation.input, sent), "dropped") : sent
    return { operation: found?.operation, sent: input ?? {}, input: plain(withoutOwn(found?.input), "dropped") ?? {} }
  }
  const answer = async (request: IncomingMessage) => {
    const { body } = await receive(request)
    const asked = JSON.parse(Buffer.from(body).toString())
    return JSON.stringify("sent" in asked ? latest(asked.sent) : next(asked.service, asked.operation))
  }
  const server = createServer((request, response) => {
    answer(request).then(
      (text) => response.end(text),
      (error: unknown) => response.writeHead(500).end(String(error)),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
