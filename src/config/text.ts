import type { Options } from "./options.ts"
import type { Settings } from "./settings.ts"

/** The keys that hold something other than text; one that is left out does not compile. */
type Readers<T> = {
  readonly [Key in keyof T as NonNullable<T[Key]> extends string ? never : Key]-?: (text: string) => unknown
}

/** What a flag or variable says, as the value that the file would have; text that is none stays for the schema to refuse. */
export const readText = (key: string, value: unknown): unknown => {
  const read = Object.hasOwn(readers, key) ? readers[key as keyof typeof readers] : undefined
  if (read === undefined) return value
  if (Array.isArray(value)) return value.flatMap((item) => (typeof item === "string" ? read(item) : [item]))
  return typeof value === "string" ? read(value) : value
}

const list = (text: string): unknown => text.split(/[\s,]+/).filter((item) => item !== "")

const number = (text: string): unknown => (/^\d+(\.\d+)?$/.test(text) ? Number(text) : text)

const truth = (text: string): unknown => {
  if (["1", "true", "yes", "on"].includes(text.toLowerCase())) return true
  return ["0", "false", "no", "off"].includes(text.toLowerCase()) ? false : text
}

/** What has keys of its own is given as JSON. */
const json = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const readers: Readers<Settings> & Readers<Options> = {
  allowedCidrs: list,
  billing: json,
  bootstrap: json,
  databaseGb: number,
  databaseMajor: number,
  diskGb: number,
  email: list,
  flowLogs: truth,
  gateway: json,
  live: json,
  loadBalancer: truth,
  systems: json,
  logDays: number,
  lockTimeout: number,
  sandbox: truth,
  sandboxSpeed: number,
  sandboxDocker: truth,
  sandboxLease: number,
  sms: list,
  webhook: list,
}
