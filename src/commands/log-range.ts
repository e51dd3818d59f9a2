import { Usage } from "../errors.ts"

/** A time as the node takes it, from one that is given or from how long it is ago. */
export function readSince(text: string, now: number): string {
  const [, amount, unit] = /^(\d+)([smhd])$/.exec(text) ?? []
  if (amount !== undefined) return new Date(now - Number(amount) * units[unit as keyof typeof units]).toISOString()
  const time = Date.parse(text)
  if (/^\d{4}-\d\d-\d\d/.test(text) && !Number.isNaN(time)) return new Date(time).toISOString()
  throw new Usage(`--since is ${JSON.stringify(text)}`, {
    hint: "give 15m, 2h, 3d, or a time such as 2026-01-31T09:30:00Z",
  })
}

const units = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const

export function readLines(text: string): number {
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text)
  throw new Usage(`--lines is ${JSON.stringify(text)}`, { hint: "give a whole number from 1 to 99999" })
}
