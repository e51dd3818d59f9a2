import type { Account } from "../app/account.ts"

/** A command to copy. Of the sandbox it stays in the sandbox: without the option it would reach the real account. */
export function commandLine({ sandbox }: Pick<Account, "sandbox">, words: string): string {
  return `smart0dte ${words}${sandbox ? " --sandbox" : ""}`
}
