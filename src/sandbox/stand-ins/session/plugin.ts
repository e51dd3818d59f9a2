import { mkdirSync, readFileSync } from "node:fs"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import { join } from "node:path"
import { execa } from "execa"
import { machinePaths } from "../../machines/paths.ts"
import { type Calling, type Context, Fault, notThere, openContext } from "../context.ts"
import { answerTo } from "../web/answers.ts"

/**
 * Stands in for the Session Manager plugin: it is called as the plugin is, and does on the machine's folder what the
 * plugin does over a web socket. The real one was never tried with the sandbox, which has no such socket.
 */
export async function plugin(on: PluginCalling): Promise<number> {
  if (on.args[0] === "--version") {
    on.out(`${VERSION}\n`)
    return 0
  }
  const [given = "", _region, operation, _profile, asked = "{}"] = on.args
  // Newer callers hand the answer over in the environment: a token is no argument.
  const response = given === FROM_ENVIRONMENT ? (on.env[FROM_ENVIRONMENT] ?? "{}") : given
  if (operation !== "StartSession") throw notThere(`session-manager-plugin ${operation}`)
  const { SessionId } = objectOf(response)
  const { DocumentName = "SSM-SessionManagerRunShell", Parameters, Target } = objectOf(asked)
  if (typeof SessionId !== "string" || typeof Target !== "string")
    throw new Fault("Cannot perform start session: no session")
  const machine = machineFor(on, Target)
  on.out(`\nStarting session with SessionId: ${SessionId}\n`)
  switch (DocumentName) {
    case "SSM-SessionManagerRunShell":
      return shell(machine)
    case "AWS-StartPortForwardingSession":
      return forward(on, machine, SessionId, { host: "127.0.0.1", ...portsOf(Parameters) })
    case "AWS-StartPortForwardingSessionToRemoteHost":
      return forward(on, machine, SessionId, { host: hostOf(Parameters), ...portsOf(Parameters) })
    default:
      throw new Fault(`${DocumentName}: the sandbox's machines have neither an SSH server nor other documents`)
  }
}

/** That of the plugin which is called like this. */
const VERSION = "1.2.707.0"
const FROM_ENVIRONMENT = "AWS_SSM_START_SESSION_RESPONSE"

/** Beside the machines, and told by the session which one is meant. */
export interface PluginCalling extends Calling {
  /** The folder of all machines. */
  readonly machines: string
}

const objectOf = (text: string): Readonly<Record<string, unknown>> => JSON.parse(text)

function machineFor(on: PluginCalling, target: string): Context {
  if (!/^i-[0-9a-f]+$/.test(target)) throw new Fault(`TargetNotConnected: ${target}`)
  try {
    return openContext(join(on.machines, target), on)
  } catch {
    throw new Fault(`TargetNotConnected: ${target} is no machine of this sandbox that was ever up`)
  }
}

const firstOf = (parameters: unknown, name: string): string | undefined => {
  const values: unknown =
    typeof parameters === "object" && parameters !== null ? Reflect.get(parameters, name) : undefined
  return Array.isArray(values) && typeof values[0] === "string" ? values[0] : undefined
}

const hostOf = (parameters: unknown): string => firstOf(parameters, "host") ?? "127.0.0.1"

const portsOf = (parameters: unknown) => ({
  port: Number(firstOf(parameters, "portNumber") ?? 80),
  local: Number(firstOf(parameters, "localPortNumber") ?? 0),
})

async function shell({ facts, paths }: Context): Promise<number> {
  mkdirSync(paths.root, { recursive: true })
  const { exitCode } = await execa(
    join(paths.bin, "bash"),
    ["--noprofile", "--norc", ...(process.stdin.isTTY ? ["-i"] : [])],
    {
      cwd: paths.root,
      env: {
        PATH: paths.bin,
        HOME: join(paths.root, "root"),
        LANG: "C.UTF-8",
        TERM: process.env.TERM ?? "dumb",
        SMART0DTE_ROOT: paths.root,
        PS1: `[sandbox ${facts.id} \\w]# `,
      },
      extendEnv: false,
      reject: false,
      stdio: "inherit",
    },
  )
  return exitCode ?? 130
}

interface Tunnel {
  readonly host: string
  readonly port: number
  readonly local: number
}

/** The machine opens no port: what would answer there answers here. Runs until it is told to end. */
function forward(on: Calling, machine: Context, session: string, { host, local, port }: Tunnel): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer((request, response) => {
      answer(machine, `http://${host}:${port}${request.url ?? "/"}`, request, response).catch(() => response.destroy())
    })
    server.once("error", (error) => reject(new Fault(`Cannot start the session: ${error.message}`)))
    server.listen(local, "127.0.0.1", () => {
      const address = server.address()
      const opened = typeof address === "object" && address !== null ? address.port : local
      on.out(`Port ${opened} opened for sessionId ${session}.\nWaiting for connections...\n`)
    })
    const end = () => {
      server.closeAllConnections()
      server.close(() => resolve(0))
    }
    process.once("SIGTERM", end)
    process.once("SIGINT", end)
  })
}

async function answer(
  machine: Context,
  url: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const parts: Uint8Array[] = []
  for await (const part of request) parts.push(part)
  // What the machine is like may have changed since the session began.
  const facts = JSON.parse(readFileSync(machinePaths(machine.paths.dir).facts, "utf8"))
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
  const question = {
    method: request.method ?? "GET",
    url: new URL(url),
    headers,
    body: Buffer.concat(parts).toString(),
  }
  const found = await answerTo({ ...machine, facts }, question)
  if ("code" in found) return void response.destroy()
  response.writeHead(found.status, { "content-type": found.body.startsWith("{") ? "application/json" : "text/html" })
  response.end(found.body)
}
