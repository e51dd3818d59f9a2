import type { Account } from "../app/account.ts"

/** The words by which an environment is deployed, planned or destroyed. */
export function wordsFor(verb: "deploy" | "destroy" | "plan" | "status", environment: string): string {
  if (environment !== "account") return verb === "status" ? verb : `${verb} single`
  return verb === "deploy" ? "bootstrap" : `bootstrap ${verb}`
}

/** A command to copy. Of the sandbox it stays in the sandbox: without the option it would reach the real account. */
export function commandLine({ sandbox }: Pick<Account, "sandbox">, words: string): string {
  return `smart0dte ${words}${sandbox ? " --sandbox" : ""}`
}
