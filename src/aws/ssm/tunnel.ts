import { execa } from "execa"
import { UserError } from "../../errors.ts"
import type { Cloud } from "../cloud.ts"
import { endSession, type Session, startSession } from "./session.ts"

export interface TunnelWish {
  readonly instance: string
  /** As the instance reaches it: its own private address, where its containers publish their ports. */
  readonly host: string
  readonly port: number
  /** On this machine; 0 for any that is free. */
  readonly local: number
  readonly reason: string
  /** The Session Manager plugin, where it is not the one on the path. */
  readonly program?: string
}

export interface Tunnel {
  /** On the loopback of this machine. */
  readonly port: number
  /** Resolves to its last words when it ends, whoever ended it. */
  readonly ended: Promise<string>
  close(): Promise<void>
}

/** A port of this machine that leads through Systems Manager to one behind the instance. */
export async function openTunnel(ctx: Cloud, wish: TunnelWish): Promise<Tunnel> {
  const { host, port, local, instance, reason, program } = wish
  const session = await startSession(ctx, {
    instance,
    document: "AWS-StartPortForwardingSessionToRemoteHost",
    parameters: { host, portNumber: String(port), localPortNumber: String(local) },
    reason,
    ...(program !== undefined && { program }),
  })
  const { child, opened, ended } = start(session)
  const close = async () => {
    child.kill("SIGTERM")
    await ended
    await endSession(ctx, session)
  }
  try {
    return { port: await opened, ended, close }
  } catch (error) {
    await close()
    throw new UserError(`no tunnel to port ${port} of ${host} could be opened: ${wordsOf(error)}`, {
      hint: "is the node up? smart0dte status says so",
      cause: error,
    })
  }
}

/** Longer than it takes to open one across the world. */
const patience = 30_000

function start({ args, env, program }: Session) {
  const child = execa(program, [...args], { env, reject: false, stdin: "ignore", buffer: false, all: true })
  const said: string[] = []
  const lastWords = () => said.join("").trim().split("\n").slice(-5).join("\n") || "it said nothing"
  const ended = child.then(lastWords, lastWords)
  const opened = new Promise<number>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`nothing after ${patience / 1000} s`)), patience)
    child.all.on("data", (text) => {
      // Of what it says in hours, only the last is kept.
      said.splice(0, said.length, said.join("").slice(-4_000) + String(text))
      const port = /Port (\d+) opened/.exec(said.join(""))?.[1]
      if (port === undefined) return
      clearTimeout(timer)
      resolve(Number(port))
    })
    void ended.then((words) => {
      clearTimeout(timer)
      reject(new Error(words))
    })
  })
  return { child, opened, ended }
}

const wordsOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
