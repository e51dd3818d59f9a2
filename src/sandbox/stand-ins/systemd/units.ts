import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"

/** A unit's settings: by section and name, each with all its values. */
export type Unit = ReadonlyMap<string, readonly string[]>

/** What a unit file under a root says, or nothing where there is none. */
export function readUnit(root: string, name: string): Unit | undefined {
  const file = fileOf(root, name)
  return file === undefined ? undefined : parseUnit(readFileSync(file, "utf8"))
}

/** `name@.service` serves each `name@x.service`. */
function fileOf(root: string, name: string): string | undefined {
  const template = name.replace(/@[^.]*\./, "@.")
  const folders = ["etc/systemd/system", "usr/lib/systemd/system"].map((folder) => join(root, folder))
  return folders.flatMap((folder) => [join(folder, name), join(folder, template)]).find((file) => existsSync(file))
}

export function parseUnit(text: string): Unit {
  const unit = new Map<string, string[]>()
  let section = ""
  for (const line of text
    .replaceAll("\\\n", " ")
    .split("\n")
    .map((raw) => raw.trim())) {
    const [, heading] = /^\[(.+)\]$/.exec(line) ?? []
    if (heading !== undefined) section = heading
    const [, key, value = ""] = /^([A-Za-z]+)\s*=\s*(.*)$/.exec(line) ?? []
    if (key === undefined) continue
    const name = `${section}.${key}`
    // An empty value forgets those before it.
    unit.set(name, value === "" ? [] : [...(unit.get(name) ?? []), value])
  }
  return unit
}

export const settingOf = (unit: Unit, name: string): string | undefined => unit.get(name)?.at(-1)

/** The names in settings such as After=, which may stand in one line or several. */
export const namesIn = (unit: Unit, name: string): readonly string[] =>
  (unit.get(name) ?? []).flatMap((value) => value.split(/\s+/))

/** A time span such as `90`, `5min 20s` or `1h`, in seconds; undefined where it is none. */
export function spanOf(text: string): number | undefined {
  const parts = [...text.trim().matchAll(/(\d+(?:\.\d+)?)\s*([a-z]*)\s*/gi)]
  if (parts.map(([whole]) => whole).join("") !== text.trim() || parts.length === 0) return undefined
  const factors = parts.map(([, count = "", unit = ""]) => Number(count) * (SPANS[unit] ?? Number.NaN))
  const sum = factors.reduce((total, one) => total + one, 0)
  return Number.isNaN(sum) ? undefined : sum
}

const SPANS: Readonly<Record<string, number>> = {
  "": 1,
  ms: 0.001,
  s: 1,
  sec: 1,
  second: 1,
  seconds: 1,
  m: 60,
  min: 60,
  minute: 60,
  minutes: 60,
  h: 3600,
  hr: 3600,
  hour: 3600,
  hours: 3600,
  d: 86_400,
  day: 86_400,
  days: 86_400,
}
