import { Refusal } from "../../service.ts"

/** One page in the order of names; the token carries the last name shown, so nothing is repeated or hidden. */
export function page<T>(all: readonly T[], nameOf: (item: T) => string, token: string | undefined, size: number) {
  const after = token === undefined ? "" : nameIn(token)
  const rest = all.filter((item) => nameOf(item) > after).sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
  const items = rest.slice(0, size)
  const last = items.at(-1)
  const more = rest.length > size && last !== undefined
  return { items, NextToken: more ? { NextToken: Buffer.from(nameOf(last)).toString("base64") } : {} }
}

function nameIn(token: string): string {
  const name = Buffer.from(token, "base64").toString()
  if (name !== "" && Buffer.from(name).toString("base64") === token) return name
  throw new Refusal("InvalidNextToken", `The specified token is not valid: ${token}`)
}
