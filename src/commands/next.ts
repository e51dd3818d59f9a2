import type { Account } from "../app/account.ts"

/** The words by which an environment is deployed or planned. */
export function wordsFor(verb: "deploy" | "plan", environment: string): string {
  if (environment !== "account") return `${verb} single`
  return verb === "deploy" ? "bootstrap" : `bootstrap ${verb}`
}

/** What somebody may want to do once it is there. */
export const wordsAfter = (environment: string): readonly string[] =>
  environment === "account" ? ["bootstrap status", "plan single"] : ["status", "destroy single"]

/** A command to copy. Of the sandbox it stays in the sandbox: without the option it would reach the real account. */
export function commandLine({ sandbox }: Pick<Account, "sandbox">, words: string): string {
  return `smart0dte ${words}${sandbox ? " --sandbox" : ""}`
}
