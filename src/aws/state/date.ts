import type { DeserializeMiddleware, MetadataBearer, MiddlewareStack } from "@smithy/types"

/** Tells, once the command was answered (also with a refusal), what time it was at AWS. */
export function noteDate<I extends object, O extends MetadataBearer>(command: {
  readonly middlewareStack: MiddlewareStack<I, O>
}): () => number {
  let date: number | undefined
  const note: DeserializeMiddleware<I, O> = (next) => async (args) => {
    const result = await next(args)
    date = dateOf(result.response)
    return result
  }
  command.middlewareStack.add(note, { step: "deserialize", priority: "low", name: "smart0dteDate" })
  return () => date ?? Date.now()
}

function dateOf(response: unknown): number | undefined {
  if (typeof response !== "object" || response === null || !("headers" in response)) return undefined
  const headers = response.headers
  if (typeof headers !== "object" || headers === null || !("date" in headers)) return undefined
  const date = Date.parse(String(headers.date))
  return Number.isNaN(date) ? undefined : date
}
