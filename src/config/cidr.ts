import { isIPv4 } from "node:net"

/** Says whether the text is a range, and where it is none, what should stand there instead. */
export const problemOfRange = (text: string): string | undefined => {
  const range = parse(text)
  if (range === undefined) return "expected an IPv4 range such as 203.0.113.0/24"
  const start = format(range.start)
  return start === text ? undefined : `expected the range's own first address, ${start}`
}

const WIDEST_ALLOWED = 8

/** Who may reach the load balancer: any range but one that is the whole world, or a large part of it. */
export const problemOfAllowed = (text: string): string | undefined => {
  const prefix = parse(text)?.prefix
  if (prefix === undefined || prefix >= WIDEST_ALLOWED) return problemOfRange(text)
  return `expected /${WIDEST_ALLOWED} or narrower: nothing is open to the world`
}

const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"]

/** A network of its own: private, no wider than AWS allows, and with room for four subnets of /24. */
export const problemOfNetwork = (text: string): string | undefined => {
  const range = parse(text)
  if (range !== undefined && (range.prefix < 16 || range.prefix > 22)) return "expected a length from /16 to /22"
  const inside = range !== undefined && PRIVATE.some((outer) => contains(outer, range))
  if (range !== undefined && !inside) return `expected a private range, inside one of ${PRIVATE.join(", ")}`
  return problemOfRange(text)
}

/** One address alone stands for the range that holds only it. */
export const asRange = (text: string): string => (isIPv4(text) ? `${text}/32` : text)

interface Range {
  readonly address: number
  readonly prefix: number
  readonly start: { readonly address: number; readonly prefix: number }
}

const parse = (text: string): Range | undefined => {
  const [, quad = "", length = ""] = /^([\d.]+)\/(\d|[12]\d|3[0-2])$/.exec(text) ?? []
  if (!isIPv4(quad)) return undefined
  const address = quad.split(".").reduce((sum, part) => sum * 256 + Number(part), 0)
  const prefix = Number(length)
  const size = 2 ** (32 - prefix)
  return { address, prefix, start: { address: Math.floor(address / size) * size, prefix } }
}

const format = ({ address, prefix }: Range["start"]): string =>
  `${[24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".")}/${prefix}`

const contains = (outer: string, inner: Range): boolean => {
  const around = parse(outer)
  if (around === undefined || inner.prefix < around.prefix) return false
  return Math.floor(inner.address / 2 ** (32 - around.prefix)) === around.address / 2 ** (32 - around.prefix)
}
