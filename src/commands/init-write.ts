import { open as openFile, rename, rm } from "node:fs/promises"
import { UserError } from "../errors.ts"

/** All of it or nothing: who is killed in between has the old file. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const beside = `${path}.${process.pid}.new`
  try {
    const file = await openFile(beside, "wx")
    try {
      await file.writeFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(beside, path)
  } catch (error) {
    await rm(beside, { force: true })
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error)
    throw new UserError(`${path} cannot be written: ${code}`, {
      hint: "name another place with --config",
      cause: error,
    })
  }
}
