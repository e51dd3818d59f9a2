import { createHash } from "node:crypto"
import type { Confirmed } from "./wish.ts"

/** All that is on the screen when it is confirmed. */
export interface Bound {
  readonly command: "live" | "resume"
  /** Scope, account and region. */
  readonly environment: string
  /** By system. */
  readonly confirmed: Readonly<Record<string, Confirmed>>
  /** By check, with the reason that was given. */
  readonly waived: Readonly<Record<string, string>>
}

/** What a token binds: a fingerprint of each part, so that it can be said which of them is another one now. */
export function bindingOf(bound: Bound): string {
  return partsOf(bound)
    .map(([name, value]) => `${name}=${createHash("sha256").update(JSON.stringify(value)).digest("hex")}`)
    .join(" ")
}

/** The parts of which the token says otherwise, each by its name; nothing where it is for this very thing. */
export function differing(binding: string, bound: Bound): readonly string[] {
  const now = bindingOf(bound)
  if (binding === now) return []
  const bindings = binding.split(" ")
  const other = now.split(" ").filter((part) => !bindings.includes(part))
  // One that has more to it than is known here is for something else, too.
  return other.length > 0 ? other.map((part) => part.slice(0, part.indexOf("="))) : ["thing"]
}

function partsOf({ command, environment, confirmed, waived }: Bound): readonly (readonly [string, unknown])[] {
  const systems = Object.keys(confirmed).toSorted()
  const each = (field: keyof Confirmed) => systems.map((system) => [system, confirmed[system]?.[field]])
  return [
    ["command", command],
    ["environment", environment],
    ["system", systems],
    ["digest", each("digest")],
    ["config", each("config")],
    ["limits", each("limits")],
    ["account", each("account")],
    ["reason", Object.entries(waived).toSorted(([a], [b]) => (a < b ? -1 : 1))],
  ]
}
