import { timingSafeEqual } from "node:crypto"
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import { answerAdmin } from "./admin.ts"
import { turnedAway } from "./admission.ts"
import { ADMIN_PATH, TOKEN_HEADER } from "./connection.ts"
import { receive } from "./receive.ts"
import { serve } from "./serve.ts"
import type { Answer } from "./wire/http.ts"
import type { World } from "./world.ts"

export interface ServerOptions {
  readonly token: string
  /** Called once the answer to `stop` is on its way. */
  readonly onStop: () => void
  /** Called for every request, with what it says of who signed it. */
  readonly onRequest?: (authorization: string) => void
}

export interface Listening {
  readonly url: string
  close(): Promise<void>
}

/** Puts a world on the wire: on a free port of the loopback, nowhere else. */
export async function listen(world: World, options: ServerOptions): Promise<Listening> {
  const server = createServer((request, response) => {
    answer(world, options, portOf(server), request, response).catch((error: unknown) => failed(response, error))
  })
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject)
    server.listen(0, "127.0.0.1", resolve)
  })
  return { url: `http://127.0.0.1:${portOf(server)}`, close: () => close(server) }
}

async function answer(
  world: World,
  options: ServerOptions,
  port: number,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  options.onRequest?.(request.headers.authorization ?? "")
  const refused = turnedAway(request.headers, port)
  if (refused !== undefined) return send(response, plain(403, refused))
  const arrived = await receive(request)
  if (arrived.path.startsWith(ADMIN_PATH)) {
    const command = arrived.path.slice(ADMIN_PATH.length)
    if (!sameToken(arrived.headers[TOKEN_HEADER], options.token)) return send(response, plain(403, "wrong token"))
    if (command === "stop") response.once("finish", options.onStop)
    return send(response, answerAdmin(world, arrived, command))
  }
  const outcome = serve(world, arrived)
  if (outcome.fate === "cut") request.socket.destroy()
  if (outcome.fate !== "answer") return
  if (outcome.delay > 0) await new Promise((resolve) => setTimeout(resolve, outcome.delay))
  send(response, outcome.answer)
}

function send(response: ServerResponse, { body, headers, status }: Answer): void {
  const bytes = Buffer.from(body)
  const empty = response.req.method === "HEAD" || status === 204 || status === 304
  // The length of a HEAD's answer is the one that its GET would have: the handler says it.
  const length = empty ? {} : { "content-length": String(bytes.length) }
  response.writeHead(status, { ...headers, ...length })
  response.end(empty ? undefined : bytes)
}

const plain = (status: number, body: string): Answer => ({ status, headers: { "content-type": "text/plain" }, body })

function failed(response: ServerResponse, error: unknown): void {
  const stack = error instanceof Error ? error.stack : String(error)
  if (response.headersSent) response.destroy()
  else send(response, plain(500, `the sandbox has a bug: ${stack}`))
}

function sameToken(given: string | undefined, token: string): boolean {
  if (given === undefined || given.length !== token.length) return false
  return timingSafeEqual(Buffer.from(given), Buffer.from(token))
}

function portOf(server: Server): number {
  const address = server.address()
  return typeof address === "object" && address !== null ? address.port : 0
}

function close(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}
