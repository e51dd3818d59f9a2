import { createHash } from "node:crypto"

export type Protocol = "email" | "sms" | "https"

/** Somebody who is told of alarms. */
export interface Endpoint {
  readonly protocol: Protocol
  readonly address: string
}

/** As plans and states may show it: whoever knows the whole of a webhook's address can write to it. */
export function shownAddress(protocol: string, address: string): string {
  if (!/^https?$/.test(protocol) || !URL.canParse(address)) return address
  const digest = createHash("sha256").update(address).digest("hex").slice(0, 8)
  return `${new URL(address).origin}/...${digest}`
}

/** The name of its step: the same for the same address, in letters that any step's name has. */
export function endpointName(protocol: string, address: string): string {
  const readable = /^https?$/.test(protocol) ? shownAddress(protocol, address).replace(/^https?:\/\//, "") : address
  return `${protocol}/${readable.replaceAll(/\.\.\./g, "").replaceAll("/", "-")}`
}
