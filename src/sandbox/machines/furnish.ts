import { accessSync, chmodSync, constants, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { delimiter, join } from "node:path"
import { privateFolder } from "../folder.ts"
import { STAND_INS } from "../stand-ins/table.ts"
import type { MachineFacts, MachinePaths } from "./paths.ts"

/** Makes the folder of a machine with the commands it has: everything else is not found there. */
export function furnish(paths: MachinePaths, client: (bash: string) => string, speed: number): void {
  privateFolder(paths.dir)
  for (const folder of [paths.records, ...FOLDERS.map((name) => join(paths.root, name))]) {
    mkdirSync(folder, { recursive: true })
  }
  rmSync(paths.bin, { recursive: true, force: true })
  mkdirSync(paths.bin)
  for (const name of REAL) link(paths, name)
  // As on Amazon Linux.
  link(paths, "sh", "bash")
  const text = client(real("bash"))
  for (const name of Object.keys(STAND_INS)) program(paths, name, text)
  for (const [name, lines] of Object.entries(smallScripts(speed))) program(paths, name, `#!/bin/sh\n${lines}\n`)
}

/** Puts the stand-in of the Session Manager plugin where commands look for it: beside all machines. */
export function offerPlugin(dir: string, plugin: string): void {
  const bin = join(dir, "bin")
  mkdirSync(bin, { recursive: true })
  const file = join(bin, "session-manager-plugin")
  const command = [process.execPath, plugin, join(dir, "machines")].map(quoted).join(" ")
  writeFileSync(file, `#!/bin/sh\nexec ${command} "$@"\n`)
  chmodSync(file, 0o755)
}

/** What the stand-ins are told, for its owner's eyes. */
export function writeFacts(paths: MachinePaths, facts: MachineFacts): void {
  writeFileSync(paths.facts, JSON.stringify(facts), { mode: 0o600 })
}

const FOLDERS = ["etc/systemd/system", "opt", "root", "run", "tmp", "usr/local/bin", "var/lib", "var/log"]

/** Of the machine on which the sandbox runs: they work on files, and know nothing of what a node is. */
const REAL = (
  "awk base64 basename bash cat chmod comm cp cut date dirname du echo env expr false find flock grep gzip gunzip " +
  "head install join kill ln ls md5sum mkdir mkfifo mktemp mv nproc od paste printf pwd readlink realpath rm rmdir sed " +
  "seq sha1sum sort stat sync tac tail tar tee test timeout touch tr true truncate tty uname uniq wc xargs"
).split(" ")

/** Too small to start a program for. */
const smallScripts = (speed: number): Readonly<Record<string, string>> => ({
  // Time goes faster here.
  sleep: `exec ${real("sleep")} "$(${real("awk")} -v t="$1" 'BEGIN { u = substr(t, length(t)); n = t + 0; if (u == "m") n *= 60; if (u == "h") n *= 3600; n /= ${speed}; printf "%.3f", (n < 0.02 ? 0.02 : n) }')"`,
  // All files belong to whoever runs the sandbox, and scripts run as what they would be on a node.
  chown: "exit 0",
  chgrp: "exit 0",
  id: 'case "$*" in -u | -g) echo 0 ;; -un | -gn) echo root ;; *) echo "uid=0(root) gid=0(root) groups=0(root)" ;; esac',
  logger: "exit 0",
  udevadm: "exit 0",
})

function link(paths: MachinePaths, name: string, target = name): void {
  const found = real(target)
  if (found !== "") symlinkSync(found, join(paths.bin, name))
}

/** Where a command of this machine is; empty where it has none. */
function real(name: string): string {
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/bin", "/bin", "/usr/local/bin"]
  return folders.map((folder) => join(folder, name)).find(isProgram) ?? ""
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return path.startsWith("/")
  } catch {
    return false
  }
}

function program({ bin }: MachinePaths, name: string, text: string): void {
  const file = join(bin, name)
  // Nobody else on this machine may ask in its name.
  writeFileSync(file, text)
  chmodSync(file, 0o700)
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`
