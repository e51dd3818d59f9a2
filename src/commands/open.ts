import { Command } from "@commander-js/extra-typings"
import type { Account } from "../app/account.ts"
import type { App } from "../app.ts"
import type { Tunnel } from "../aws/ssm/tunnel.ts"
import { type ExitCode, exitCodes, Usage, UserError } from "../errors.ts"
import { isForBackend } from "../nodes/routing.ts"
import { type System, systemFacts } from "../nodes/systems.ts"
import type { Ending } from "./ends.ts"
import { findEnvironment } from "./environment.ts"
import { examples, flagsOf, type GlobalFlags } from "./flags.ts"
import { commandLine } from "./next.ts"
import { open, withAccount } from "./opening.ts"
import { pluginFor } from "./plugin.ts"
import { systemArgument } from "./system.ts"

export interface OpenFlags extends GlobalFlags {
  readonly system: System
  readonly port?: number
  readonly browser: boolean
}

export function openCommand(app: Ending, run = openSystem) {
  return new Command("open")
    .description(
      "Reach a system through a tunnel, at an address of this machine, until Ctrl-C. No load balancer needed.",
    )
    .addArgument(systemArgument)
    .option("--port <number>", "the port of this machine (the frontend's own, if it is free)", readPort)
    .option("--no-browser", "only say the address")
    .addHelpText("after", examples("smart0dte open smart-0dte", "smart0dte open mag7-7dte --port 8080 --no-browser"))
    .action(async (system, own, command) => app.exit(await run(app, { ...flagsOf(own, command), system })))
}

export async function openSystem(app: App, flags: OpenFlags): Promise<ExitCode> {
  const opened = await open(app, "open", flags)
  const { report, config } = opened
  return withAccount(app, opened, flags, async (account) => {
    const { requirePlugin } = await import("../aws/ssm/session.ts")
    const program = pluginFor(app, config)
    await requirePlugin(program)
    const scope = await findEnvironment(account, config)
    const node = await nodeOf(account, scope)
    return app.interrupts.settling(async (stop) => {
      const way = await openWay(account, node, flags, program)
      try {
        const url = `http://127.0.0.1:${way.port}`
        const facts = { url, backend: `http://127.0.0.1:${way.backend.port}`, node: node.id }
        report.show({ type: "facts", about: `${flags.system} of ${scope}`, facts, next: [] })
        report.note("Ctrl-C ends it")
        if (flags.browser && app.terminal.interactive) await app.browse(url)
        return await untilOver(way, flags.system, stop)
      } finally {
        await way.close()
      }
    }, "closing the tunnels")
  })
}

interface Node {
  readonly id: string
  readonly privateIp: string
}

async function nodeOf(account: Account, scope: string): Promise<Node> {
  const { instanceKind } = await import("../steps/instance.ts")
  const found = (await instanceKind.list?.(account.cloud, [scope])) ?? []
  const node = found.find(({ name, phase }) => name === "node" && phase !== "leaving")
  if (node) return node.live
  throw new UserError(`${scope} has no node yet`, { hint: `make it with: ${commandLine(account, "deploy single")}` })
}

interface Way {
  /** Where both are reached. */
  readonly port: number
  readonly frontend: Tunnel
  readonly backend: Tunnel
  close(): Promise<void>
}

async function openWay(account: Account, node: Node, { system, port }: OpenFlags, program: string): Promise<Way> {
  const [{ openTunnel }, { startLocalFront }, { freePort }] = await Promise.all([
    import("../aws/ssm/tunnel.ts"),
    import("../app/local-front.ts"),
    import("../app/free-port.ts"),
  ])
  const { ports } = systemFacts[system]
  const tunnel = async (side: "frontend" | "backend", local: number) =>
    openTunnel(account.cloud, {
      instance: node.id,
      host: node.privateIp,
      port: ports[side]?.host ?? 0,
      local,
      reason: `smart0dte open ${system}`,
      program,
    })
  const frontend = await tunnel("frontend", 0)
  try {
    // The pages have the backend's own address in them for what they keep open.
    const backend = await tunnel("backend", await freePort(ports.backend?.container ?? 0))
    const route = (target: string) => (isForBackend(target) ? backend.port : frontend.port)
    const front = await startLocalFront({ preferred: port ?? ports.frontend?.host ?? 0, route })
    const close = async () => {
      await front.close()
      await Promise.all([frontend.close(), backend.close()])
    }
    return { port: front.port, frontend, backend, close }
  } catch (error) {
    await frontend.close()
    throw error
  }
}

/** Only a signal ends it as it should, and is told by its exit code. */
async function untilOver({ frontend, backend }: Way, system: System, stop: AbortSignal): Promise<ExitCode> {
  const stopped = new Promise<undefined>((resolve) => {
    if (stop.aborted) resolve(undefined)
    stop.addEventListener("abort", () => resolve(undefined), { once: true })
  })
  const words = await Promise.race([stopped, frontend.ended, backend.ended])
  // Ctrl-C reaches the plugins too, and they may be faster.
  if (words === undefined || stop.aborted) return exitCodes.interrupted
  throw new UserError(`a tunnel to ${system} ended: ${words}`, { hint: "run the same command again" })
}

function readPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0
  if (port >= 1 && port <= 65_535) return port
  throw new Usage(`--port is ${JSON.stringify(text)}`, { hint: "give a number from 1 to 65535" })
}
