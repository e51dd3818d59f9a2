import { Argument } from "@commander-js/extra-typings"
import { Usage } from "../errors.ts"

/** What can be built, and the environment that it makes. */
const environments = { single: "poc" } as const

const names = Object.keys(environments)

/** The account is built by commands of its own: no target of the command line names it. */
export type Target = keyof typeof environments | typeof account
export type EnvironmentName = (typeof environments)[keyof typeof environments] | typeof account

export function environmentOf(target: Target): EnvironmentName {
  return target === account ? account : environments[target]
}

/** The name of the account's own scope, where another has that of an environment. */
export const account = "account"

export const targetArgument = new Argument("<target>", "what is built").choices(names).argParser(readTarget)
export const optionalTarget = new Argument("[target]", "what is built").choices(names).argParser(readTarget)

/** A plan that was saved. */
export interface PlanFile {
  readonly file: string
}

export const targetOrFile = new Argument("<target>", "what is built, or the file of a saved plan")
  .choices(names)
  .argParser((text): Target | PlanFile => (looksLikePath.test(text) ? { file: text } : readTarget(text)))

/** Written so that it cannot be taken for a target. */
export const asPath = (file: string): string => (looksLikePath.test(file) ? file : `./${file}`)

const looksLikePath = /[./\\]/

function readTarget(text: string): Target {
  if (Object.hasOwn(environments, text)) return text as Target
  throw new Usage(`there is no target ${JSON.stringify(text)}`, {
    hint: `the target may be: ${names.join(", ")}`,
  })
}
