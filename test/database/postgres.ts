import { readdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { execa } from "execa"
import { freePort, type Server, type yard } from "./servers.ts"

export interface Postgres extends Server {
  readonly port: number
  /** What psql says to one statement; the password is in its environment. */
  ask(who: Asker, statement: string): Promise<string>
}

export interface Asker {
  readonly user: string
  readonly password: string
  readonly database: string
  readonly sslmode: "disable" | "require" | "verify-full"
  readonly authority?: string
}

export const masterPassword = "Mm0!: \\'master"

/** A PostgreSQL as RDS sets it up: TLS for everybody, and a master who may make roles and databases, but no more. */
export async function startPostgres(on: Awaited<ReturnType<typeof yard>>): Promise<Postgres> {
  const { folder, owner, certificate, key } = on
  const data = join(folder, "data")
  const programs = await programsFolder()
  await execa(join(programs, "initdb"), ["-D", data, "-U", "rdsadmin", "-A", "trust", "-N", "--no-instructions"], owner)
  await writeFile(join(data, "pg_hba.conf"), access)
  const port = await freePort()
  const settings = {
    port,
    listen_addresses: "127.0.0.1",
    unix_socket_directories: folder,
    ssl: "on",
    ssl_cert_file: certificate,
    ssl_key_file: key,
    log_statement: "all",
    fsync: "off",
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])
  const server = await on.serve([join(programs, "postgres"), "-D", data, ...flags], /ready to accept connections/)
  await asOwner(
    folder,
    port,
    `create role postgres login createdb createrole password '${masterPassword.replaceAll("'", "''")}'`,
  )
  return { ...server, port, ask: (who, statement) => ask(port, who, statement) }
}

/** The owner of the server itself comes by its socket; all others by TLS, or not at all. */
const access = `local all rdsadmin trust
hostssl all all 127.0.0.1/32 scram-sha-256
`

const asOwner = (folder: string, port: number, statement: string) =>
  execa("psql", ["-X", "-q", "-h", folder, "-p", String(port), "-U", "rdsadmin", "-d", "postgres"], {
    input: statement,
  })

async function ask(port: number, who: Asker, statement: string): Promise<string> {
  const env = {
    PGHOST: "localhost",
    PGPORT: String(port),
    PGUSER: who.user,
    PGPASSWORD: who.password,
    PGDATABASE: who.database,
    PGSSLMODE: who.sslmode,
    ...(who.authority && { PGSSLROOTCERT: who.authority }),
  }
  const { stdout, stderr, exitCode } = await execa("psql", ["-X", "-A", "-t", "-q"], {
    input: statement,
    env,
    reject: false,
  })
  return exitCode === 0 && stderr === "" ? stdout : `refused: ${stderr}`
}

/** Debian keeps those of each major in a folder of its own. */
async function programsFolder(): Promise<string> {
  const all = "/usr/lib/postgresql"
  const majors = await readdir(all).catch(() => [])
  const newest = majors.toSorted((a, b) => Number(b) - Number(a))[0]
  if (newest === undefined) throw new Error(`there is no PostgreSQL in ${all}: apt-get install postgresql`)
  return join(all, newest, "bin")
}
