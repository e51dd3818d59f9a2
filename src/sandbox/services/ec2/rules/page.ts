import { Refusal } from "../../../service.ts"

interface PageInput {
  readonly MaxResults?: number | undefined
  readonly NextToken?: string | undefined
}

/** One page of a listing, and the token for the next one. Ids and a page size exclude each other, as on AWS. */
export const page = <T>(
  items: readonly T[],
  input: PageInput,
  ids?: readonly string[] | undefined,
): { readonly items: T[]; readonly NextToken: string | undefined } => {
  if (ids?.length && input.MaxResults !== undefined) {
    throw new Refusal(
      "InvalidParameterCombination",
      "The parameter maxResults cannot be used in the same request with a list of ids",
    )
  }
  const start = input.NextToken ? offset(input.NextToken) : 0
  const end = start + (input.MaxResults ?? 1000)
  return { items: items.slice(start, end), NextToken: end < items.length ? token(end) : undefined }
}

/** Opaque to the caller; the place in the list, since nothing changes its order. */
const token = (start: number): string => Buffer.from(`from ${start}`).toString("base64url")

const offset = (given: string): number => {
  const start = /^from (\d+)$/.exec(Buffer.from(given, "base64url").toString())?.[1]
  if (start === undefined) throw new Refusal("InvalidNextToken", `The token '${given}' is invalid`)
  return Number(start)
}
