import { createServer, request, type Server } from "node:http"
import { connect } from "node:net"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { type LocalFront, startLocalFront } from "../../src/app/local-front.ts"
import { isForBackend } from "../../src/nodes/routing.ts"

let servers: Server[]
let front: LocalFront
beforeEach(async () => {
  servers = []
  const [web, api] = [await answering("web"), await answering("api")]
  front = await startLocalFront({ preferred: 0, route: (target) => (isForBackend(target) ? api : web) })
})
afterEach(async () => {
  await front.close()
  for (const server of servers) server.closeAllConnections()
  for (const server of servers) server.close()
})

/** Says who it is and what it was asked; greets whoever wants another protocol. */
function answering(name: string): Promise<number> {
  const server = createServer((asked, answer) => {
    const parts: Buffer[] = []
    asked.on("data", (part) => parts.push(part))
    asked.on("end", () => {
      answer.writeHead(name === "api" ? 201 : 200, { "x-name": name })
      answer.end(`${name} ${asked.method} ${asked.url} ${Buffer.concat(parts).toString()}`.trim())
    })
  })
  server.on("upgrade", (asked, socket) => {
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nupgrade: test\r\nconnection: upgrade\r\n\r\n${name} ${asked.url} `,
    )
    socket.on("data", (text: Buffer) => socket.write(text.toString().toUpperCase()))
  })
  servers.push(server)
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address()
      resolve(typeof address === "object" && address ? address.port : 0)
    })
  })
}

const ask = async (path: string, init: RequestInit = {}) => {
  const answer = await fetch(`http://127.0.0.1:${front.port}${path}`, init)
  return `${answer.status} ${answer.headers.get("x-name")} ${await answer.text()}`
}

describe("the address of a system on this machine", () => {
  it.each([
    ["/", "200 web web GET /"],
    ["/apiary", "200 web web GET /apiary"],
    ["/api", "200 web web GET /api"],
    ["/health/x", "200 web web GET /health/x"],
    ["/API/v1", "200 web web GET /API/v1"],
    ["/api/v1/orders?all=1", "201 api api GET /api/v1/orders?all=1"],
    ["/health", "201 api api GET /health"],
    ["/readyz?deep", "201 api api GET /readyz?deep"],
  ])("sends %s where the load balancer would", async (path, answer) => {
    expect(await ask(path)).toBe(answer)
  })

  it("hands on what is sent", async () => {
    expect(await ask("/api/v1/orders", { method: "POST", body: "buy nothing" })).toBe(
      "201 api api POST /api/v1/orders buy nothing",
    )
  })

  it("joins whoever wants another protocol, both ways", async () => {
    const heard = await new Promise<string>((resolve, reject) => {
      const socket = connect(front.port, "127.0.0.1", () =>
        socket.write("GET /api/ws HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: test\r\n\r\n"),
      )
      let text = ""
      socket.on("error", reject)
      socket.on("data", (part) => {
        text += part
        if (text.endsWith("/api/ws ")) socket.write("hello")
        if (text.endsWith("HELLO")) socket.destroy()
      })
      socket.on("close", () => resolve(text))
    })
    expect(heard).toMatch(/^HTTP\/1\.1 101 .*api \/api\/ws HELLO$/s)
  })

  it("is not served under a name that somebody else made to lead here", async () => {
    const status = await new Promise((resolve) => {
      const asked = request({ port: front.port, host: "127.0.0.1", headers: { host: "rebound.example" } }, (found) => {
        found.resume()
        resolve(found.statusCode)
      })
      asked.end()
    })
    expect(status).toBe(421)
  })

  it("says so where nothing answers any more", async () => {
    for (const server of servers) server.closeAllConnections()
    await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
    expect(await ask("/")).toBe("502 null the node does not answer\n")
  })

  it("takes another port where the preferred one is somebody's", async () => {
    const other = await startLocalFront({ preferred: front.port, route: () => 1 })
    expect(other.port).not.toBe(front.port)
    await other.close()
  })
})
