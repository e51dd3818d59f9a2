import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import { receive } from "../../../src/sandbox/receive.ts"
import type { Dialect } from "../../../src/sandbox/wire/dialect.ts"
import { readRequest } from "../../../src/sandbox/wire/read.ts"
import { writeAnswer } from "../../../src/sandbox/wire/write.ts"

/** The wire alone: what was read from the latest request, and what the next ones are answered. */
export interface Echo {
  readonly url: string
  readonly server: Server
  latest(): { readonly operation: string; readonly input: unknown } | undefined
  /** The dialect is said, for a few operations are signed for another service, or not at all. */
  answer(dialect: Dialect, output: object): void
}

export async function startEcho(): Promise<Echo> {
  let dialect: Dialect | undefined
  let latest: { operation: string; input: unknown } | undefined
  let output: object = {}
  const reply = async (request: IncomingMessage, response: ServerResponse) => {
    const arrived = await receive(request)
    if (!dialect) return response.writeHead(500).end("no dialect")
    const asked = readRequest(dialect, arrived)
    latest = { operation: asked.name, input: asked.operation ? asked.input() : undefined }
    if (!asked.operation) return response.writeHead(501).end()
    const type = arrived.headers["content-type"] ?? ""
    const { body, headers, status } = writeAnswer(dialect, asked.operation, { ...output }, "r", type)
    return response.writeHead(status, { ...headers }).end(request.method === "HEAD" ? undefined : body)
  }
  const server = createServer((request, response) => {
    reply(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)))
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  const port = typeof address === "object" && address ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    server,
    latest: () => latest,
    answer: (spoken, next) => {
      latest = undefined
      dialect = spoken
      output = next
    },
  }
}
