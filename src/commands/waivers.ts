import { Option } from "@commander-js/extra-typings"
import { Usage } from "../errors.ts"

/** Going on without a check, for a reason that is kept. */
export interface WaiverFlags {
  readonly waive?: readonly string[]
  readonly reason?: string
}

export const waiverOptions = [
  new Option("--waive <names...>", "go on without these checks: soak, backup, hours").argParser(
    (text: string, before: readonly string[] | undefined): readonly string[] => [...(before ?? []), ...text.split(",")],
  ),
  new Option("--reason <text>", "why, for the ledger"),
] as const

const waivable = ["soak", "backup", "hours"]

/** By check, with the reason; what is not exactly one of the few is refused. */
export function waived({ waive = [], reason }: WaiverFlags): Readonly<Record<string, string>> {
  for (const name of waive)
    if (!waivable.includes(name))
      throw new Usage(`--waive ${JSON.stringify(name.slice(0, 60))} names no check that can be waived`, {
        hint: `only these can: ${waivable.join(", ")}; what the others find has to be put right`,
      })
  if (waive.length === 0 && reason !== undefined)
    throw new Usage("--reason is given, and nothing is waived", { hint: "say what with --waive, or leave it out" })
  if (waive.length === 0) return {}
  if (reason === undefined || !/^[\x20-\x7e]{3,300}$/.test(reason) || reason.trim().length < 3)
    throw new Usage(
      reason === undefined ? "--waive wants a --reason" : `--reason is ${JSON.stringify(reason.slice(0, 60))}`,
      { hint: "say why in one line of 3 to 300 plain letters: it is kept in the ledger" },
    )
  return Object.fromEntries(waive.map((name) => [name, reason]))
}
