import { Refusal } from "../../service.ts"
import { pageByName } from "../pages.ts"
import type { ParameterRecord } from "./records.ts"

interface Wish {
  readonly NextToken?: string | undefined
  readonly MaxResults?: number | undefined
}

/** One page of parameters, as long as the operation's pages are where the caller does not say. */
export const pageOf = (all: readonly ParameterRecord[], wish: Wish, usual: number) => {
  const given = { size: wish.MaxResults ?? usual, token: wish.NextToken, refuse: badToken }
  const { items, next } = pageByName(all, ({ Name }) => Name, given)
  return { items, paging: next === undefined ? {} : { NextToken: next } }
}

export const badToken = (token: string): Refusal =>
  new Refusal("InvalidNextToken", `The specified token is not valid: ${token}`)
