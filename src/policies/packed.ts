/** IAM takes so many letters for a managed policy, white space not counted. */
const LIMIT = 6144

const FRAME = JSON.stringify({ Version: "2012-10-17", Statement: [] }).length

/** Statements in their order, as many in a document as fit. */
export function packed(statements: readonly object[]): readonly (readonly object[])[] {
  const documents: object[][] = []
  let size = Number.POSITIVE_INFINITY
  for (const statement of statements) {
    const more = JSON.stringify(statement).replace(/\s/g, "").length + 1
    if (FRAME + more > LIMIT) throw new Error(`a statement of ${more} letters fits into no policy`)
    if (size + more > LIMIT) {
      documents.push([])
      size = FRAME
    }
    documents.at(-1)?.push(statement)
    size += more
  }
  return documents
}
