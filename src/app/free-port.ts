import { createServer } from "node:net"

/** The one that is preferred, or 0, which is any that is free, where somebody has it already. */
export function freePort(preferred: number): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once("error", () => resolve(0))
    server.listen(preferred, "127.0.0.1", () => server.close(() => resolve(preferred)))
  })
}
