import type { Account } from "../app/account.ts"

/** The words by which an environment is deployed or planned. */
export function wordsFor(verb: "deploy" | "plan", environment: string): string {
  if (environment !== "account") return `${verb} single`
  return verb === "deploy" ? "bootstrap" : `bootstrap ${verb}`
}

/** What somebody may want to do once it is there. */
export const wordsAfter = (environment: string): readonly string[] =>
  environment === "account" ? ["bootstrap status", "plan single"] : ["status", "destroy single"]

/**
 * A command to copy. Of the sandbox it stays in the sandbox: without the option it would reach the real account. And
 * where the region was named for once, it would go to another one.
 */
export function commandLine({ namedRegion, sandbox }: Pick<Account, "namedRegion" | "sandbox">, words: string): string {
  const region = namedRegion === undefined || words.includes("--region ") ? "" : ` --region ${namedRegion}`
  return `smart0dte ${words}${region}${sandbox ? " --sandbox" : ""}`
}
