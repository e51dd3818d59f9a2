import { Argument, InvalidArgumentError } from "@commander-js/extra-typings"

/** What can be built, and the environment that it makes. */
const environments = { single: "poc" } as const

export type Target = keyof typeof environments
export type EnvironmentName = (typeof environments)[Target]

export function environmentOf(target: Target): EnvironmentName {
  return environments[target]
}

export const targetArgument = new Argument("<target>", "what is built: single").argParser(readTarget)
export const optionalTarget = new Argument("[target]", "what is built: single").argParser(readTarget)

function readTarget(text: string): Target {
  if (Object.hasOwn(environments, text)) return text as Target
  throw new InvalidArgumentError(`the target may be: ${Object.keys(environments).join(", ")}`)
}
