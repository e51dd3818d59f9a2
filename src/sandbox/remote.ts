import { request } from "node:http"
import type { AdminCommands } from "./admin.ts"
import { ADMIN_PATH, type Connection, TOKEN_HEADER } from "./connection.ts"
import type { Fault } from "./faults.ts"

type Command = keyof AdminCommands
type Answer<Name extends Command> = ReturnType<AdminCommands[Name]>

/** What can be done to a sandbox beside using it. */
export const admin = (connection: Connection) => ({
  status: () => ask(connection, "status"),
  snapshot: () => ask(connection, "snapshot"),
  trace: () => ask(connection, "trace"),
  clearTrace: () => ask(connection, "clear-trace"),
  faults: () => ask(connection, "faults"),
  /** Replaces all rules: none ends all faults. */
  setFaults: (rules: readonly Fault[], seed?: number) =>
    ask(connection, "set-faults", seed === undefined ? { rules } : { rules, seed }),
  enforce: (on: boolean) => ask(connection, "enforce", { on }),
  needed: () => ask(connection, "needed"),
  /** Lets simulated time pass at once. */
  advance: (seconds: number) => ask(connection, "advance", { seconds }),
  /** Forgets everything but the account and its clock. */
  reset: () => ask(connection, "reset"),
  stop: () => ask(connection, "stop"),
})

export type Admin = ReturnType<typeof admin>

/** Sends one command. It fails as the connection does, or with what the sandbox says against it. */
export function ask<Name extends Command>(
  connection: Connection,
  command: Name,
  given?: Parameters<AdminCommands[Name]>[0],
  patience = 10_000,
): Promise<Answer<Name>> {
  return new Promise((resolve, reject) => {
    const sent = request(
      `${connection.url}${ADMIN_PATH}${command}`,
      // A kept connection would hold this process back from ending.
      { method: "POST", headers: { [TOKEN_HEADER]: connection.token }, agent: false, timeout: patience },
      (response) => {
        const parts: Buffer[] = []
        response.on("data", (part: Buffer) => parts.push(part))
        response.on("error", reject)
        response.on("end", () => {
          const text = Buffer.concat(parts).toString()
          if (response.statusCode === 200) resolve(JSON.parse(text))
          else reject(new Error(`the sandbox refuses ${command}: ${text}`))
        })
      },
    )
    sent.on("timeout", () => sent.destroy(new SilentSandbox(connection)))
    sent.on("error", reject)
    sent.end(JSON.stringify(given))
  })
}

/** It took the connection but gave no answer in time. */
export class SilentSandbox extends Error {
  constructor(connection: Connection) {
    super(`the sandbox process ${connection.pid} at ${connection.url} does not answer: end it, then try again`)
    this.name = "SilentSandbox"
  }
}
