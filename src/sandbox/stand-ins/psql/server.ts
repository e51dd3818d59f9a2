import { createHash } from "node:crypto"
import { dirname, join } from "node:path"
import { askQuery, below, textAt } from "../cloud/query.ts"
import { askJson } from "../cloud/request.ts"
import { type Context, Fault } from "../context.ts"
import { changeRecords, readRecords } from "../records.ts"

export interface Role {
  readonly password?: string
  readonly members: readonly string[]
}

export interface Database {
  readonly owner: string
  /** Whether everybody may connect. */
  readonly open: boolean
  /** Owners by name. */
  readonly schemas: Readonly<Record<string, string>>
}

/** What a server of databases holds. It is kept beside the machines: it is none of them. */
export interface Server {
  readonly roles: Readonly<Record<string, Role>>
  readonly databases: Readonly<Record<string, Database>>
}

export interface Login {
  readonly host: string
  readonly port: string
  readonly user: string
  readonly password: string
  readonly database: string
}

const fresh: Server = { roles: {}, databases: { postgres: { owner: "rdsadmin", open: true, schemas: {} } } }

export const readServer = (on: Context, host: string): Server => readRecords(fileOf(on, host), fresh)

export const changeServer = (on: Context, host: string, change: (present: Server) => Server): Server =>
  changeRecords(fileOf(on, host), fresh, change)

const fileOf = ({ paths }: Context, host: string): string =>
  join(dirname(dirname(paths.dir)), "databases", `${host}.json`)

/** Lets nobody in where the database does not exist or is not available, the password is wrong, or the role may not. */
export async function logIn(on: Context, login: Login): Promise<void> {
  const { database, host, password, port, user } = login
  const server = await instanceAt(on, host)
  const at = `psql: error: connection to server at "${host}", port ${port} failed:`
  if (server === undefined)
    throw new Fault(`psql: error: could not translate host name "${host}" to address: Name or service not known`, 2)
  if (server.port !== port || !UP.has(server.status))
    throw new Fault(
      `${at} Connection refused\n\tIs the server running on that host and accepting TCP/IP connections?`,
      2,
    )
  const { databases, roles } = readServer(on, host)
  const right = user === server.master ? await masterPassword(on, server.secret) : roles[user]?.password
  if (right === undefined || right !== (user === server.master ? password : sealed(password))) {
    throw new Fault(`${at} FATAL:  password authentication failed for user "${user}"`, 2)
  }
  const meant = databases[database]
  if (!meant) throw new Fault(`${at} FATAL:  database "${database}" does not exist`, 2)
  if (!mayEnter(meant, user, server.master, roles)) {
    throw new Fault(
      `${at} FATAL:  permission denied for database "${database}"\nDETAIL:  User does not have CONNECT privilege.`,
      2,
    )
  }
}

/** A password is nothing to keep, not even here. */
export const sealed = (password: string): string => createHash("sha256").update(password).digest("hex")

/** In these states a database takes connections. */
const UP: ReadonlySet<string> = new Set([
  "available",
  "backing-up",
  "configuring-enhanced-monitoring",
  "modifying",
  "storage-optimization",
])

const mayEnter = ({ open, owner }: Database, user: string, master: string, roles: Server["roles"]): boolean =>
  open || owner === user || user === master || (roles[owner]?.members.includes(user) ?? false)

async function masterPassword(on: Context, secret: string): Promise<string | undefined> {
  const { SecretString } = await askJson(on, "secretsmanager", "secretsmanager.GetSecretValue", { SecretId: secret })
  const { password } = JSON.parse(String(SecretString))
  return typeof password === "string" ? password : undefined
}

interface Instance {
  readonly status: string
  readonly port: string
  readonly master: string
  readonly secret: string
}

/** Asked of the sandbox's own database service, whose instances have addresses but nothing behind them. */
async function instanceAt(on: Context, host: string): Promise<Instance | undefined> {
  const { answer, refusal } = await askQuery(on, "rds", "DescribeDBInstances&Version=2014-10-31")
  if (!answer) throw new Fault(`psql: error: the sandbox does not say which databases there are: ${refusal}`, 2)
  const found = below(answer, "DBInstance").find((one) => textAt(one, "Endpoint", "Address") === host)
  return (
    found && {
      status: textAt(found, "DBInstanceStatus"),
      port: textAt(found, "Endpoint", "Port"),
      master: textAt(found, "MasterUsername"),
      secret: textAt(found, "MasterUserSecret", "SecretArn"),
    }
  )
}
