import { chmodSync, mkdtempSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, it } from "vitest"
import { privateFolder } from "../../src/sandbox/folder.ts"

it("is made with all above it, and is its owner's alone, made now or before", () => {
  const base = mkdtempSync(join(tmpdir(), "smart0dte-folder-"))
  try {
    const folder = join(base, "a", "b")
    privateFolder(folder)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    chmodSync(folder, 0o755)
    privateFolder(folder)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
  } finally {
    rmSync(base, { recursive: true, force: true })
  }
})

it.runIf(process.platform === "linux")("is refused where nothing can be made, instead of trying for ever", () => {
  expect(() => privateFolder("/proc/nowhere/smart0dte")).toThrow("/proc/nowhere")
})
