import type { Refusal } from "../service.ts"

interface Wish {
  readonly size: number
  /** What the page before gave as `next`. */
  readonly token: string | undefined
  /** The service's word for a token that it never gave. */
  readonly refuse: (token: string) => Refusal
}

interface Page<T> {
  readonly items: readonly T[]
  /** Leads to the page after this one, where there is one. */
  readonly next: string | undefined
}

/**
 * One page of things, in the order of their names. The token carries the last name shown, not a position:
 * what is made or deleted between two pages neither repeats nor hides another thing.
 */
export const pageByName = <T>(all: readonly T[], nameOf: (item: T) => string, wish: Wish): Page<T> => {
  const after = wish.token === undefined ? "" : nameIn(wish.token, wish.refuse)
  const rest = all.filter((item) => nameOf(item) > after).sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
  const items = rest.slice(0, wish.size)
  const last = rest.length > wish.size ? items.at(-1) : undefined
  return { items, next: last === undefined ? undefined : tokenFor(nameOf(last)) }
}

export const tokenFor = (name: string): string => Buffer.from(name).toString("base64")

export const nameIn = (token: string, refuse: Wish["refuse"]): string => {
  const name = Buffer.from(token, "base64").toString()
  if (name === "" || tokenFor(name) !== token) throw refuse(token)
  return name
}
