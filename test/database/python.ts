import { join } from "node:path"
import { execa } from "execa"
import { havePython, pythonProgram } from "../conformance/python.ts"

const requirements = join(import.meta.dirname, "requirements.txt")

export const setup = (): Promise<void> => havePython(requirements)

/** What one of the applications' own drivers says to a URL; the URL is on its standard input, for it has a password. */
export async function asApplication(driver: "database" | "cache", url: string): Promise<string> {
  const script = join(import.meta.dirname, "application.py")
  const { stdout, stderr, exitCode } = await execa(await pythonProgram("python", requirements), [script, driver], {
    input: url,
    reject: false,
  })
  return exitCode === 0 ? stdout : `refused: ${stderr.trim()}`
}
