/** A value in the form in which two of them are compared. */
export function plain(value: unknown, empties: "kept" | "dropped"): unknown {
  if (value === undefined || value === null) return undefined
  if (value instanceof Date) return `date ${value.toISOString()}`
  if (value instanceof Uint8Array) return `bytes ${Buffer.from(value).toString("base64")}`
  if (typeof value === "bigint") return Number(value)
  if (Array.isArray(value)) {
    const items = value.map((item) => plain(item, empties)).filter((item) => item !== undefined)
    return items.length === 0 && empties === "dropped" ? undefined : items
  }
  if (typeof value !== "object") return value
  const entries = Object.entries(value)
    .filter(([name]) => name !== "$metadata")
    .map(([name, item]) => [name, plain(item, empties)] as const)
    .filter(([, item]) => item !== undefined)
  return entries.length === 0 && empties === "dropped" ? undefined : Object.fromEntries(entries)
}
