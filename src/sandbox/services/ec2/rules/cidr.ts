/** A range of IPv4 addresses, in its canonical form: `100.68.0.18/18` is 100.68.0.0/18. */
export interface Cidr {
  readonly text: string
  readonly first: number
  readonly bits: number
  readonly size: number
}

/** The range that the text means, or nothing when it means none. */
export const parseCidr = (text: string): Cidr | undefined => {
  const match = /^(\d{1,3}(?:\.\d{1,3}){3})\/(\d{1,2})$/.exec(text)
  const address = parseAddress(match?.[1] ?? "")
  const bits = Number(match?.[2])
  if (address === undefined || !(bits <= 32)) return undefined
  const size = 2 ** (32 - bits)
  const first = address - (address % size)
  return { text: `${formatAddress(first)}/${bits}`, first, bits, size }
}

/** An address as a number, for arithmetic without bit operations: those are signed. */
export const parseAddress = (text: string): number | undefined => {
  const parts = text.split(".").map(Number)
  const whole = parts.length === 4 && parts.every((part) => Number.isInteger(part) && part >= 0 && part <= 255)
  return whole ? parts.reduce((sum, part) => sum * 256 + part, 0) : undefined
}

export const formatAddress = (address: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".")

/** Whether all of the inner range lies in the outer one. */
export const contains = (outer: Cidr, inner: Cidr): boolean =>
  outer.first <= inner.first && inner.first + inner.size <= outer.first + outer.size

/** Whether they share an address. */
export const overlaps = (one: Cidr, other: Cidr): boolean =>
  one.first < other.first + other.size && other.first < one.first + one.size
