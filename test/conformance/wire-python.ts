import { existsSync } from "node:fs"
import { join } from "node:path"
import { execa } from "execa"

/** A Python with one package from PyPI, in a virtual environment that is made once and kept beside the packages. */
export async function pythonWith(requirement: string): Promise<string> {
  const home = join(import.meta.dirname, "../../node_modules/.cache/python", requirement.replaceAll(/[^\w.]+/g, "-"))
  const python = join(home, "bin/python")
  if (existsSync(join(home, "ready"))) return python
  await execa("python3", ["-m", "venv", "--clear", home])
  await execa(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", requirement])
  await execa("touch", [join(home, "ready")])
  return python
}
