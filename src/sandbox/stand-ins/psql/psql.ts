import { existsSync, readFileSync } from "node:fs"
import { type Context, Fault, notThere, type StandIn } from "../context.ts"
import { all, flag, type Parsed, parseFlags } from "../flags.ts"
import { needsPackage } from "../packages.ts"
import { type Piece, piecesOf, withVariables } from "./script.ts"
import { changeServer, type Login, logIn, readServer } from "./server.ts"
import { afterStatement, generated } from "./statements.ts"

/** Keeps databases, roles and schemas as records. Nothing is stored in them. */
export const psql: StandIn = async (on) => {
  needsPackage(on, "psql", "postgresql15")
  const parsed = parseFlags("psql", on.args, { values: VALUES, switches: SWITCHES })
  const variables = new Map(
    all(parsed, "-v").map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]),
  )
  const commands = all(parsed, "-c")
  const files = all(parsed, "-f")
  // Read before anything is said: the script may hold what the connection wants.
  const script =
    commands.length > 0 ? commands.join("\n;\n") : files.length > 0 ? files.map(textOf).join("\n") : on.input()
  let login = loginOf(on, parsed)
  await logIn(on, login)
  for (const piece of piecesOf(script)) {
    if (piece.kind === "command") login = await perform(on, login, variables, piece)
    else run(on, login, withVariables(piece.text, variables), piece.execute)
  }
  return 0
}

const VALUES = [
  ["-c", "--command"],
  ["-f", "--file"],
  ["-v", "--set"],
  ["-h", "--host"],
  ["-p", "--port"],
  ["-U", "--username"],
  ["-d", "--dbname"],
]

const SWITCHES = [
  ["-X", "--no-psqlrc"],
  ["-q", "--quiet"],
  ["-A", "--no-align"],
  ["-t", "--tuples-only"],
  ["-w", "--no-password"],
  ["-1", "--single-transaction"],
]

function textOf(file: string): string {
  if (!existsSync(file)) throw new Fault(`psql: error: ${file}: No such file or directory`)
  return readFileSync(file, "utf8")
}

function loginOf({ env }: Context, parsed: Parsed): Login {
  const host = flag(parsed, "-h") ?? env.PGHOST ?? ""
  const port = flag(parsed, "-p") ?? env.PGPORT ?? "5432"
  const user = flag(parsed, "-U") ?? env.PGUSER ?? "root"
  const database = flag(parsed, "-d") ?? parsed.rest[0] ?? env.PGDATABASE ?? user
  checkCertificate(env, host, port)
  return {
    host,
    port,
    user,
    database,
    password: env.PGPASSWORD ?? passwordFor(env.PGPASSFILE, [host, port, database, user]),
  }
}

function checkCertificate(env: Context["env"], host: string, port: string): void {
  const at = `psql: error: connection to server at "${host}", port ${port} failed:`
  const mode = env.PGSSLMODE ?? "prefer"
  if (mode === "disable") throw new Fault(`${at} FATAL:  no pg_hba.conf entry for host "node", no encryption`, 2)
  const file = env.PGSSLROOTCERT ?? ""
  if (mode.startsWith("verify-") && file !== "system" && !existsSync(file)) {
    throw new Fault(`${at} root certificate file "${file}" does not exist`, 2)
  }
}

/** The first line of the file of passwords that fits; a backslash guards a colon. */
function passwordFor(file: string | undefined, wanted: readonly string[]): string {
  if (file === undefined || !existsSync(file)) return ""
  for (const line of readFileSync(file, "utf8").split("\n")) {
    const fields = [...line.matchAll(/((?:\\.|[^:\\])*)(?::|$)/g)].map(([, field = ""]) =>
      field.replace(/\\(.)/g, "$1"),
    )
    if (wanted.every((value, at) => fields[at] === "*" || fields[at] === value)) return fields[wanted.length] ?? ""
  }
  return ""
}

/** A command of psql's own; answers with the connection that then holds. */
async function perform(
  on: Context,
  login: Login,
  variables: Map<string, string>,
  { name, words }: Extract<Piece, { kind: "command" }>,
): Promise<Login> {
  const values = words.map((word) => withVariables(word, variables))
  switch (name) {
    case "set":
      variables.set(values[0] ?? "", values.slice(1).join(""))
      return login
    case "connect":
    case "c": {
      const database = (values[0] ?? "").replace(/^"(.*)"$/, "$1")
      const next = { ...login, database, user: values[1] ?? login.user }
      await logIn(on, next)
      return next
    }
    default:
      throw notThere(`psql's \\${name}`)
  }
}

function run(on: Context, login: Login, text: string, execute: boolean): void {
  const statements = execute ? generated(readServer(on, login.host), login, text) : [text]
  for (const statement of statements) {
    changeServer(on, login.host, (present) => afterStatement(present, login, statement))
    if (/^select 1$/i.test(statement.trim())) on.out("1\n")
  }
}
