import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

/** Programs of a folder that keep how they were called, and do then what a line of shell says. */
export interface Programs {
  readonly dir: string
  make(name: string, script?: string): string
  /** The arguments of each call, in their order. */
  calls(name: string): readonly (readonly string[])[]
  /** The environment of the last call. */
  env(name: string): string
  drop(): void
}

export function programs(): Programs {
  const dir = mkdtempSync(join(tmpdir(), "smart0dte-programs-"))
  const kept = (name: string) => (existsSync(join(dir, name)) ? readFileSync(join(dir, name), "utf8") : "")
  return {
    dir,
    make(name, script = "") {
      const path = join(dir, name)
      const keep = `printf '%s\\000' "$@" >>'${path}.calls'; printf '\\036' >>'${path}.calls'; export -p >'${path}.env'`
      writeFileSync(path, `#!/bin/sh\n${keep}\n${script}\n`)
      chmodSync(path, 0o755)
      return path
    },
    calls: (name) =>
      kept(`${name}.calls`)
        .split("\u001e")
        .slice(0, -1)
        .map((call) => call.split("\0").slice(0, -1)),
    env: (name) => kept(`${name}.env`),
    drop: () => rmSync(dir, { recursive: true }),
  }
}
