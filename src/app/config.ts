import { readFile } from "node:fs/promises"
import type { Config } from "../config.ts"
import { Usage } from "../errors.ts"
import type { Environment } from "./environment.ts"

/** The file's name where no other is given; it need not be there. */
const usualFile = "smart0dte.yaml"

/** What the command line, the variables and the file say together. */
export async function readConfig(
  flags: Readonly<Record<string, unknown>>,
  env: Environment,
  without?: "file",
): Promise<Config> {
  const { resolveConfig, resolveOptions, withSampleGateway, withSamples } = await import("../config.ts")
  const options = resolveOptions({ flags, env })
  const path = options.config ?? usualFile
  const text = without === "file" ? undefined : await textOf(path, options.config !== undefined)
  const file = text === undefined ? undefined : { path, text }
  const settings = await resolveConfig({ flags, env, file })
  if (!options.sandbox) return { settings, options }
  return { settings: withSampleGateway({ ...settings, systems: withSamples(settings.systems) }), options }
}

async function textOf(path: string, wanted: boolean): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8")
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error)
    if (code === "ENOENT" && !wanted) return undefined
    throw new Usage(`the configuration ${path} cannot be read: ${code}`, {
      hint: wanted ? "give the path of a file that is there" : `make ${path} readable, or name another with --config`,
      cause: error,
    })
  }
}
