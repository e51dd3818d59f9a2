import type { Sandbox } from "../app/sandbox.ts"
import type { App } from "../app.ts"
import { UserError } from "../errors.ts"
import type { Admin, Connection } from "../sandbox/connect.ts"
import type { GlobalFlags } from "./flags.ts"
import { type Opened, open } from "./opening.ts"

export interface OpenedSandbox extends Opened {
  readonly sandbox: Sandbox
}

/** Whose Docker new machines have. */
export const engineIn = (docker = false): string => (docker ? "this machine's own" : "a stand-in")

/** Whether what somebody may do is as little as his policies say. */
export const policiesAre = (enforced: boolean): string => (enforced ? "enforced" : "not enforced")

/** These commands are about the sandbox whether or not they are told so. */
export async function openSandbox(app: App, command: string, flags: GlobalFlags): Promise<OpenedSandbox> {
  const opened = await open(app, `sandbox ${command}`, { ...flags, sandbox: true })
  return { ...opened, sandbox: app.sandbox(opened.config) }
}

/** For what makes no sense with a sandbox that was started a moment ago. */
export async function findRunning({ sandbox }: OpenedSandbox): Promise<{ connection: Connection; admin: Admin }> {
  const connection = await sandbox.running()
  if (!connection)
    throw new UserError(`no sandbox runs in ${sandbox.dir}`, { hint: "start it with: smart0dte sandbox start" })
  return { connection, admin: await sandbox.admin(connection) }
}
