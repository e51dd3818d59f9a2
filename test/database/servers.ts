import { chown, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { execa, type ResultPromise } from "execa"

/** A folder that goes at the end, with all servers that were started in it. */
export interface Yard {
  readonly folder: string
  /** The certificate that has signed those of the servers. */
  readonly authority: string
  readonly certificate: string
  readonly key: string
  /** Starts a server and waits until it says this. */
  serve(command: readonly string[], says: RegExp): Promise<Server>
  close(): Promise<void>
}

export interface Server {
  /** All that it has said so far. */
  said(): string
}

/** Servers run as `owner`: PostgreSQL refuses to be root's. */
export async function yard(): Promise<Yard & { readonly owner: Owner }> {
  const folder = await mkdtemp(join(tmpdir(), "smart0dte-database-"))
  const owner = await ownerOf()
  const own = join(folder, "servers")
  await mkdir(own)
  await certify(own)
  for (const path of [folder, own, join(own, "server.key")]) await chown(path, owner.uid, owner.gid)
  const running: (Promise<unknown> & Pick<ResultPromise, "kill">)[] = []
  return {
    folder: own,
    owner,
    authority: join(own, "authority.pem"),
    certificate: join(own, "server.pem"),
    key: join(own, "server.key"),
    async serve([file = "", ...args], says) {
      const server = execa(file, args, { all: true, reject: false, stdin: "ignore", ...owner, buffer: false })
      running.push(server)
      let heard = ""
      server.all?.on("data", (part) => {
        heard += part
      })
      for (const since = Date.now(); !says.test(heard); ) {
        if (server.exitCode !== null || Date.now() - since > 30_000)
          throw new Error(`${file} is not there after ${Date.now() - since} ms: ${heard}`)
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
      return { said: () => heard }
    },
    async close() {
      for (const server of running) server.kill("SIGINT")
      await Promise.all(running)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export interface Owner {
  readonly uid: number
  readonly gid: number
}

/** Whoever runs the tests, unless that is root: then the user that Debian's package has made. */
async function ownerOf(): Promise<Owner> {
  const [uid, gid] = [process.getuid?.() ?? 0, process.getgid?.() ?? 0]
  if (uid !== 0) return { uid, gid }
  const [its, group] = await Promise.all(
    ["-u", "-g"].map(async (flag) => Number((await execa("id", [flag, "postgres"])).stdout)),
  )
  return { uid: its ?? 0, gid: group ?? 0 }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once("error", reject)
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0))
    })
  })
}

/** An authority of the tests' own, and a certificate for this machine by its name. */
async function certify(folder: string): Promise<void> {
  const openssl = (...args: readonly string[]) => execa("openssl", args, { cwd: folder })
  const fresh = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
  for (const name of ["authority", "another"])
    await openssl(...fresh, "-keyout", `${name}.key`, "-out", `${name}.pem`, "-subj", `/CN=${name}`)
  await openssl(
    "req",
    "-newkey",
    "rsa:2048",
    "-nodes",
    "-keyout",
    "server.key",
    "-out",
    "server.csr",
    "-subj",
    "/CN=localhost",
  )
  await writeFile(join(folder, "names"), "subjectAltName=DNS:localhost,IP:127.0.0.1\n")
  const signed = ["-CA", "authority.pem", "-CAkey", "authority.key", "-CAcreateserial", "-days", "2"]
  await openssl("x509", "-req", "-in", "server.csr", "-out", "server.pem", "-extfile", "names", ...signed)
}
