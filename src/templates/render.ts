/**
 * Fills in every `${name}` of a JSON document. Only the strings inside it change, so that no value can add
 * a statement of its own. IAM's own variables, such as `${aws:username}`, stay.
 */
export function render<T>(document: T, values: Readonly<Record<string, string>>): T {
  const fill = (value: unknown): unknown => {
    if (typeof value === "string") return fillText(value, values)
    if (Array.isArray(value)) return value.map(fill)
    if (typeof value !== "object" || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fill(inner)]))
  }
  // The same shape comes out: only text inside strings was exchanged.
  return fill(document) as T
}

function fillText(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{(\w+)\}/g, (placeholder, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined
    if (value === undefined) throw new Error(`no value for ${placeholder} in a template`)
    return value
  })
}
