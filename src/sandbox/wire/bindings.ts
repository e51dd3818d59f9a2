import type { View } from "./schema.ts"

/** Where a REST protocol puts a member. */
export type Place =
  | { readonly in: "body" | "label" | "query-rest" | "status" | "payload" }
  | { readonly in: "header" | "query" | "header-prefix"; readonly name: string }

export function placeOf(member: View): Place {
  const traits = member.getMergedTraits()
  if (traits.httpLabel) return { in: "label" }
  if (traits.httpHeader !== undefined) return { in: "header", name: traits.httpHeader.toLowerCase() }
  if (traits.httpPrefixHeaders !== undefined)
    return { in: "header-prefix", name: traits.httpPrefixHeaders.toLowerCase() }
  if (traits.httpQuery !== undefined) return { in: "query", name: traits.httpQuery }
  if (traits.httpQueryParams) return { in: "query-rest" }
  if (traits.httpPayload) return { in: "payload" }
  return { in: traits.httpResponseCode ? "status" : "body" }
}

export const inBody = (member: View): boolean => placeOf(member).in === "body"
