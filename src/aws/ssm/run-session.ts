import { execa } from "execa"
import { UserError } from "../../errors.ts"
import type { Session } from "./session.ts"

/** What is run for a session: its plugin, or a program that starts the plugin itself. */
export type Program = Pick<Session, "program" | "args" | "env">

/** Hands the terminal on to it and waits until it ends, or ends it; resolves to its exit code. */
export async function runSession({ program, args, env }: Program, stop?: AbortSignal): Promise<number> {
  const options = { env, stdio: "inherit", reject: false, ...(stop && { cancelSignal: stop }) } as const
  const { exitCode, code, failed } = await execa(program, [...args], options)
  if (failed && code === "ENOENT")
    throw new UserError(`${program} is not installed`, { hint: "install it, or leave out what wants it" })
  return exitCode ?? 1
}

/**
 * SSH over a session, without a port that is open. Its proxy is the plugin, which finds the session's token in the
 * environment that SSH hands on.
 */
export function sshOver(session: Session, instance: string, key: string | undefined): Program {
  const proxy = [session.program, ...session.args].map(quoted).join(" ").replaceAll("%", "%%")
  const options = [
    `ProxyCommand=${proxy}`,
    // The address is the session's: the host is known by the instance's name.
    `HostKeyAlias=${instance}`,
    "StrictHostKeyChecking=accept-new",
  ]
  const args = [...options.flatMap((option) => ["-o", option]), ...(key === undefined ? [] : ["-i", key])]
  return { program: "ssh", args: [...args, `ec2-user@${instance}`], env: session.env }
}

const quoted = (word: string): string => (/^[\w@+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)
