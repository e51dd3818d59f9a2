import { Fault, notThere } from "../context.ts"
import { bare, identifierOf, literalOf } from "./script.ts"
import { type Database, type Server, sealed } from "./server.ts"

export interface Session {
  readonly user: string
  readonly database: string
}

/** What the databases are after a statement: of SQL as much as the scripts of a node use, anything else is refused. */
export function afterStatement(server: Server, session: Session, statement: string): Server {
  const text = statement.replace(/\s+/g, " ").trim()
  for (const [pattern, act] of STATEMENTS) {
    const found = pattern.exec(text)
    if (found) return act(server, session, found.slice(1))
  }
  throw notThere(`this SQL: ${text.replace(/password '.*'/i, "password '...'").slice(0, 200)}`)
}

type Act = (server: Server, session: Session, words: readonly string[]) => Server

const NAME = String.raw`("(?:[^"]|"")+"|\w+)`

const fits = (pattern: string): RegExp => new RegExp(`^${pattern.replaceAll("NAME", NAME)}$`, "is")

const STATEMENTS: readonly (readonly [RegExp, Act])[] = [
  [fits("do \\$\\$.*\\$\\$"), (server) => server],
  [fits("(?:set|reset) .*"), (server) => server],
  [fits("select 1"), (server) => server],
  [
    fits("create role NAME(?: with)?(?: login)?(?: password '((?:[^']|'')*)')?"),
    (server, _session, [role = "", password]) => {
      const name = bare(role)
      if (server.roles[name]) throw error(`role "${name}" already exists`)
      const made = { members: [], ...(password !== undefined && { password: sealed(password) }) }
      return { ...server, roles: { ...server.roles, [name]: made } }
    },
  ],
  [
    fits("alter role NAME(?: with)?(?: login)? password '((?:[^']|'')*)'"),
    (server, _session, [role = "", password = ""]) => {
      const name = bare(role)
      const present = server.roles[name] ?? missingRole(name)
      return { ...server, roles: { ...server.roles, [name]: { ...present, password: sealed(password) } } }
    },
  ],
  [
    fits("grant NAME to NAME"),
    (server, _session, [role = "", member = ""]) => {
      const name = bare(role)
      const present = server.roles[name] ?? missingRole(name)
      const members = [...new Set([...present.members, bare(member)])]
      return { ...server, roles: { ...server.roles, [name]: { ...present, members } } }
    },
  ],
  [
    fits("create database NAME(?: (?:with )?owner NAME)?"),
    (server, { user }, [database = "", owner]) => {
      const name = bare(database)
      if (server.databases[name]) throw error(`database "${name}" already exists`)
      const made = { owner: owner === undefined ? user : knownRole(server, owner, user), open: true, schemas: {} }
      return { ...server, databases: { ...server.databases, [name]: made } }
    },
  ],
  [
    fits("alter database NAME owner to NAME"),
    (server, { user }, [database = "", owner = ""]) =>
      withDatabase(server, bare(database), { owner: knownRole(server, owner, user) }),
  ],
  [
    fits("revoke (?:all|connect|temporary|temp|connect, ?temp(?:orary)?)(?: privileges)? on database NAME from public"),
    (server, _session, [database = ""]) => withDatabase(server, bare(database), { open: false }),
  ],
  [
    fits("create schema (if not exists )?NAME authorization NAME"),
    (server, { database, user }, [lenient, schema = "", owner = ""]) => {
      const { schemas } = knownDatabase(server, database)
      const name = bare(schema)
      if (schemas[name] !== undefined && lenient === undefined) throw error(`schema "${name}" already exists`)
      if (schemas[name] !== undefined) return server
      return withDatabase(server, database, { schemas: { ...schemas, [name]: knownRole(server, owner, user) } })
    },
  ],
  [
    fits("alter schema NAME owner to NAME"),
    (server, { database, user }, [schema = "", owner = ""]) => {
      const { schemas } = knownDatabase(server, database)
      const name = bare(schema)
      if (schemas[name] === undefined) throw error(`schema "${name}" does not exist`)
      return withDatabase(server, database, { schemas: { ...schemas, [name]: knownRole(server, owner, user) } })
    },
  ],
]

/** The statements that a select of format() gives: one, or none where its condition does not hold. */
export function generated(server: Server, { user }: Session, statement: string): readonly string[] {
  const text = statement.replace(/\s+/g, " ").trim()
  const [, template, args = "", condition] =
    /^select format\('((?:[^']|'')*)',? ?(.*?)\)(?: where (.+))?$/is.exec(text) ?? []
  if (template === undefined) throw notThere("a \\gexec of anything but format()")
  if (condition !== undefined && !holds(server, user, condition)) return []
  const values = [...args.matchAll(/'(?:[^']|'')*'|\w+/g)].map(([value]) =>
    value === "current_user" ? user : bare(value),
  )
  const next = values[Symbol.iterator]()
  return [
    template.replaceAll("''", "'").replace(/%([ILs%])/g, (_whole, how: string) => {
      if (how === "%") return "%"
      const value = next.next().value ?? ""
      return how === "I" ? identifierOf(value) : how === "L" ? literalOf(value) : value
    }),
  ]
}

function holds(server: Server, user: string, condition: string): boolean {
  const [, role] =
    /^not exists \(select (?:1 )?from pg_roles where rolname = ('(?:[^']|'')*')\)$/i.exec(condition) ?? []
  if (role !== undefined) return server.roles[bare(role)] === undefined
  const [, database] =
    /^not exists \(select (?:1 )?from pg_database where datname = ('(?:[^']|'')*')\)$/i.exec(condition) ?? []
  if (database !== undefined) return server.databases[bare(database)] === undefined
  const [, group] = /^not pg_has_role\(current_user, ('(?:[^']|'')*'), 'member'\)$/i.exec(condition) ?? []
  if (group !== undefined) return !(server.roles[bare(group)]?.members.includes(user) ?? false)
  throw notThere(`this condition: ${condition}`)
}

const withDatabase = (server: Server, name: string, change: Partial<Database>): Server => ({
  ...server,
  databases: { ...server.databases, [name]: { ...knownDatabase(server, name), ...change } },
})

function knownDatabase({ databases }: Server, name: string): Database {
  const found = databases[name]
  if (!found) throw error(`database "${name}" does not exist`)
  return found
}

/** A role that is given something must be there, and on RDS its giver be one of its members. */
function knownRole({ roles }: Server, role: string, user: string): string {
  const name = bare(role)
  if (name === user) return name
  const found = roles[name] ?? missingRole(name)
  if (!found.members.includes(user)) throw error(`must be able to SET ROLE "${name}"`)
  return name
}

function missingRole(name: string): never {
  throw error(`role "${name}" does not exist`)
}

const error = (message: string): Fault => new Fault(`ERROR:  ${message}`, 3)
