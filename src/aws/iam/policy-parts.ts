/** One of the policies that a document takes, as it is and as it is to be: each statement in JSON. */
export interface Change {
  readonly is: readonly string[]
  readonly becomes: readonly string[]
}

/**
 * In which order to write them anew, so that whoever has all of them lacks no right meanwhile: a statement leaves one
 * policy only when another one has it. What moves in a circle has no such order, and goes from the end.
 */
export function inOrder<Part extends Change>(parts: readonly Part[]): readonly Part[] {
  const wanted = new Set(parts.flatMap(({ becomes }) => becomes))
  const left = [...parts]
  const order: Part[] = []
  while (left.length > 0) {
    const losesNothing = (part: Part) =>
      part.is.every(
        (statement) =>
          !wanted.has(statement) ||
          part.becomes.includes(statement) ||
          order.some(({ becomes }) => becomes.includes(statement)) ||
          left.some((other) => other !== part && other.is.includes(statement)),
      )
    // Where there is none, splice takes -1 for the last.
    order.push(...left.splice(left.findLastIndex(losesNothing), 1))
  }
  return order
}
