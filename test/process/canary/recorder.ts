import { chmodSync, mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from "node:fs"
import { join } from "node:path"

/** Notes the arguments and the environment of every process that is started by way of its folder. */
export interface Recorder {
  /** To be on the path of whoever looks for programs. */
  readonly bin: string
  /** A line for each process. */
  arguments(): string
  /** Of the node's scripts alone. */
  environments(): string
  /** The environments of wrapped programs. */
  wrapped(): string
  /** From now on a program of another place is noted, too. */
  wrap(program: string): void
}

export function recorder(dir: string): Recorder {
  const bin = join(dir, "recorded")
  const files = { arguments: join(dir, "arguments"), environments: join(dir, "environments") }
  const wrapped = { ...files, environments: join(dir, "wrapped") }
  mkdirSync(bin, { recursive: true })
  for (const file of [...Object.values(files), wrapped.environments]) writeFileSync(file, "")
  const script = join(dir, "record")
  writeScript(
    script,
    noting(
      files,
      ofNode,
      `case $name in\n  sh) exec -a sh /bin/bash "$@" ;;\nesac\nexec -a "$name" "/usr/bin/$name" "$@"`,
    ),
  )
  for (const name of readdirSync("/usr/bin")) symlinkSync(script, join(bin, name))
  return {
    bin,
    arguments: () => readFileSync(files.arguments, "utf8"),
    environments: () => readFileSync(files.environments, "utf8"),
    wrapped: () => readFileSync(wrapped.environments, "utf8"),
    wrap: (program) => {
      renameSync(program, `${program}.real`)
      writeScript(program, noting(wrapped, "true", `exec "${program}.real" "$@"`))
    },
  }
}

interface Files {
  readonly arguments: string
  readonly environments: string
}

const noting = (files: Files, which: string, then: string): string =>
  `#!/bin/bash
name=\${0##*/}
printf -v line '%q ' "$name" "$@"
printf '%s\\n' "$line" >>${files.arguments}
if ${which}; then
  mapfile -d '' -t environment </proc/self/environ
  printf -v line '%q ' "$name" "\${environment[@]}"
  printf '%s\\n' "$line" >>${files.environments}
fi
${then}
`

/** What runs in a container has secrets in its environment, as it should; the node's own scripts have not. */
const ofNode = `[[ -n \${SMART0DTE_ROOT:-} ]]`

function writeScript(file: string, text: string): void {
  writeFileSync(file, text)
  chmodSync(file, 0o755)
}
