import { isAbsolute, join } from "node:path"
import { checkAll } from "./config/check.ts"
import { closest } from "./config/closest.ts"
import type { ConfigFile } from "./config/file.ts"
import { type Environment, type Flags, fromFlags, fromVariables, type Given, variableOf } from "./config/given.ts"
import { type Options, optionsSchema } from "./config/options.ts"
import { type Settings, settingsSchema } from "./config/settings.ts"
import { Usage } from "./errors.ts"

export interface Sources {
  readonly flags: Flags
  readonly env: Environment
  readonly file?: ConfigFile | undefined
}

/** What a command was told: what it is to make, and how it is to run. */
export interface Config {
  readonly settings: Settings
  readonly options: Options
}

export { withSampleGateway } from "./config/gateway.ts"
export { withSamples } from "./config/systems.ts"
export type { Options, Settings }

/** A flag wins over a variable, that over the file, that over the default. */
export const resolveConfig = async ({ flags, env, file }: Sources): Promise<Settings> => {
  const keys = Object.keys(settingsSchema.shape).filter((each) => each !== "live")
  refuseLive(env)
  const given = [...(await keysOf(file)), ...fromVariables(env, keys), ...fromFlags(flags, keys)]
  const settings = checkAll(settingsSchema, given)
  const key = given.findLast((each) => each.key === "publicKey")
  return key === undefined ? settings : { ...settings, publicKey: pathOf(settings.publicKey ?? "", key, env) }
}

/** What guards real money is written where others see it: no variable may take it away for once. */
const refuseLive = (env: Environment): void => {
  if (!env[variableOf("live")]) return
  throw new Usage(`${variableOf("live")} says nothing: no variable has a say in going live`, {
    hint: "say it in the configuration file, as live: { account: ..., approval: ... }, and unset the variable",
  })
}

/** How this command runs. The file is not asked: the options say which file it is. */
export const resolveOptions = ({ flags, env }: Omit<Sources, "file">): Options => {
  const keys = Object.keys(optionsSchema.shape)
  refuseMisspelt(env, [...keys, ...Object.keys(settingsSchema.shape)].map(variableOf))
  return checkAll(optionsSchema, [...fromVariables(env, keys), ...fromFlags(flags, keys)])
}

/** Most commands run without a file, and need not know how to read one. */
const keysOf = async (file: ConfigFile | undefined): Promise<readonly Given[]> => {
  if (file === undefined) return []
  const { fromFile } = await import("./config/file.ts")
  return fromFile(file)
}

/** What was meant for the sandbox must not reach a real account because a letter is missing. */
const refuseMisspelt = (env: Environment, known: readonly string[]): void => {
  const prefix = variableOf("")
  for (const name of Object.keys(env).filter((each) => each.startsWith(prefix) && env[each] && !known.includes(each))) {
    const meant = closest(
      name.slice(prefix.length),
      known.map((each) => each.slice(prefix.length)),
    )
    if (meant !== undefined)
      throw new Usage(`there is no variable ${name}`, { hint: `did you mean ${prefix}${meant}? unset it otherwise` })
  }
}

const pathOf = (path: string, given: Given, env: Environment): string => {
  const [tilde, beyond = ""] = /^~(?:$|[\\/](.*))/.exec(path) ?? []
  if (tilde === undefined) return isAbsolute(path) ? path : join(given.folder ?? "", path)
  const home = env.HOME || env.USERPROFILE
  if (!home) throw new Usage(`${given.name}: ${path} has no home folder to stand for`, { hint: "give the whole path" })
  return join(home, beyond)
}
