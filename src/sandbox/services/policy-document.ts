export type Fields = Readonly<Record<string, unknown>>

/** A policy's fields, or nothing where the text is no JSON object. */
export const policyOf = (document: string): Fields | undefined => {
  try {
    return fieldsOf(JSON.parse(document))
  } catch {
    return undefined
  }
}

export const fieldsOf = (value: unknown): Fields | undefined =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined

/** Policies write one statement, action or resource without the list around it. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value])

export const textsOf = (value: unknown): readonly string[] =>
  listOf(value).filter((item): item is string => typeof item === "string")
