import type { StandIn } from "../context.ts"
import { flag, parseFlags } from "../flags.ts"
import { journalLines } from "./journal.ts"

export const journalctl: StandIn = (on) => {
  const values = [
    ["-u", "--unit"],
    ["-n", "--lines"],
  ]
  const switches = [["--no-pager"], ["-q", "--quiet"], ["-b", "--boot"]]
  const parsed = parseFlags("journalctl", on.args, { values, switches })
  const unit = flag(parsed, "-u")?.replace(/\.service$/, "")
  const lines = journalLines(on).filter((line) => unit === undefined || line.split(" ")[1] === `${unit}:`)
  for (const line of lines.slice(-Number(flag(parsed, "-n") ?? lines.length) || lines.length)) on.out(`${line}\n`)
  return 0
}
