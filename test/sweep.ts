import { rmSync } from "node:fs"

/**
 * Takes a folder away in which what has just been told to end may still write a file. What `rmSync` itself tries again
 * is to remove the folder, and not what has come into it meanwhile.
 */
export async function sweep(folder: string, tries = 100): Promise<void> {
  try {
    rmSync(folder, { recursive: true, force: true })
  } catch (error) {
    if (tries === 0) throw error
    await new Promise((resolve) => setTimeout(resolve, 50))
    await sweep(folder, tries - 1)
  }
}
