import { createHash } from "node:crypto"
import { existsSync } from "node:fs"
import { readFile, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { execa } from "execa"

const root = join(import.meta.dirname, "../..")
const own = join(import.meta.dirname, "requirements.txt")

/** A program of the virtual environment that a lane makes for itself. */
export async function pythonProgram(name: string, requirements = own): Promise<string> {
  const home = await homeOf(await readFile(requirements, "utf8"))
  if (existsSync(readyIn(home))) return join(home, "bin", name)
  throw new Error(`there is no virtual environment in ${home}: run the lane as package.json has it, which makes it`)
}

/** Vitest calls this once before all files of the lane, so that no two of them make it at once. */
export const setup = (): Promise<void> => havePython(own)

/** Makes the virtual environment that these requirements want, unless it is there. */
export async function havePython(requirements: string): Promise<void> {
  const wanted = await readFile(requirements, "utf8")
  const home = await homeOf(wanted)
  const began = Date.now()
  const isThere = existsSync(readyIn(home))
  if (!isThere) await make(home, requirements)
  const main = wanted.match(/^(awscli|botocore|moto\[server\]|asyncpg|redis)==.*$/gm)?.join(", ")
  const how = isThere ? "was there" : `made in ${Math.round((Date.now() - began) / 1000)} s`
  process.stdout.write(`python: ${main} (${home}, ${how})\n`)
}

async function make(home: string, requirements: string): Promise<void> {
  process.stdout.write("python: installing packages, for moto about half a gigabyte\n")
  await rm(home, { recursive: true, force: true })
  await execa("python3", ["-m", "venv", home])
  const install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement", requirements]
  await execa(join(home, "bin/python"), install)
  await writeFile(readyIn(home), "")
}

/** Other requirements, or another Python, are another environment. */
async function homeOf(wanted: string): Promise<string> {
  const { stdout: version } = await execa("python3", ["--version"])
  const key = createHash("sha256").update(`${version}\n${wanted}`).digest("hex").slice(0, 12)
  return join(root, ".venv", key)
}

const readyIn = (home: string) => join(home, "ready")
