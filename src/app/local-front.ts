import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http"
import { connect } from "node:net"
import type { Duplex } from "node:stream"

export interface LocalFrontWish {
  /** Taken if it is free; else any other. */
  readonly preferred: number
  /** The port of this machine that answers a request for this path. */
  readonly route: (target: string) => number
}

export interface LocalFront {
  readonly port: number
  close(): Promise<void>
}

/** One address on the loopback for what is reached at several; passes on requests and web sockets as they are. */
export async function startLocalFront({ preferred, route }: LocalFrontWish): Promise<LocalFront> {
  const server = createServer((asked, answer) => (isOwn(asked) ? pass(asked, answer, route) : refuse(answer)))
  // The server forgets a connection that speaks another protocol, and would wait for its end all the same.
  const joined = new Set<Duplex>()
  server.on("upgrade", (asked: IncomingMessage, socket: Duplex, head: Buffer) => {
    joined.add(socket)
    socket.on("close", () => joined.delete(socket))
    if (isOwn(asked)) join(asked, socket, head, route(asked.url ?? "/"))
    else socket.destroy()
  })
  const port = await listen(server, preferred)
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
        for (const socket of joined) socket.destroy()
      }),
  }
}

async function listen(server: Server, preferred: number): Promise<number> {
  const attempt = (port: number) =>
    new Promise<number>((resolve, reject) => {
      server.once("error", reject)
      server.listen(port, "127.0.0.1", () => {
        server.off("error", reject)
        const address = server.address()
        resolve(typeof address === "object" && address ? address.port : port)
      })
    })
  return attempt(preferred).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && /^(EADDRINUSE|EACCES)$/.test(String(error.code))) return attempt(0)
    throw error
  })
}

/** A page of somebody else's, whose name was made to lead here, asks under that name. */
const isOwn = ({ headers: { host = "" } }: IncomingMessage): boolean => /^(localhost|127\.0\.0\.1)(:\d+)?$/.test(host)

function refuse(answer: ServerResponse): void {
  answer.writeHead(421, { "content-type": "text/plain" }).end("only localhost is served here\n")
}

function pass(asked: IncomingMessage, answer: ServerResponse, route: LocalFrontWish["route"]): void {
  const { headers, method, url: path = "/" } = asked
  const onwards = request({ host: "127.0.0.1", port: route(path), method, path, headers }, (found) => {
    answer.writeHead(found.statusCode ?? 502, found.headers)
    found.pipe(answer)
    found.on("error", () => answer.destroy())
  })
  onwards.on("error", () => {
    if (answer.headersSent) answer.destroy()
    else answer.writeHead(502, { "content-type": "text/plain" }).end("the node does not answer\n")
  })
  answer.on("close", () => onwards.destroy())
  asked.pipe(onwards)
}

/** From here on bytes go both ways, whatever they mean. */
function join(asked: IncomingMessage, socket: Duplex, head: Buffer, port: number): void {
  const onwards = connect(port, "127.0.0.1", () => {
    const pairs = asked.rawHeaders.flatMap((name, n, all) => (n % 2 === 0 ? [`${name}: ${all[n + 1]}`] : []))
    onwards.write([`${asked.method} ${asked.url} HTTP/1.1`, ...pairs, "", ""].join("\r\n"))
    onwards.write(head)
    onwards.pipe(socket).pipe(onwards)
  })
  onwards.on("error", () => socket.destroy())
  socket.on("error", () => onwards.destroy())
  onwards.on("close", () => socket.destroy())
  socket.on("close", () => onwards.destroy())
}
