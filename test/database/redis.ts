import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { freePort, type Server, type yard } from "./servers.ts"

export interface CacheUser {
  readonly name: string
  readonly access: string
  readonly password?: string
}

export interface Redis extends Server {
  readonly port: number
}

/** A Redis with the users that ElastiCache is given, by TLS alone. */
export async function startRedis(on: Awaited<ReturnType<typeof yard>>, users: readonly CacheUser[]): Promise<Redis> {
  const { folder, authority, certificate, key } = on
  const port = await freePort()
  const file = join(folder, "users.acl")
  const lines = users.map(({ name, access, password }) => `user ${name} ${access}${password ? ` >${password}` : ""}`)
  await writeFile(file, `${lines.join("\n")}\n`)
  const flags = {
    port: 0,
    "tls-port": port,
    bind: "127.0.0.1",
    "tls-cert-file": certificate,
    "tls-key-file": key,
    "tls-ca-cert-file": authority,
    "tls-auth-clients": "no",
    aclfile: file,
    databases: 16,
    save: "",
    dir: folder,
  }
  const server = await on.serve(
    ["redis-server", ...Object.entries(flags).flatMap(([name, value]) => [`--${name}`, String(value)])],
    /Ready to accept connections/,
  )
  return { ...server, port }
}
