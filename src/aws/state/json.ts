/** What a text says, if it is JSON and of that shape: whatever else stands there, somebody else has written. */
export function jsonOf<T>(text: string, isOf: (value: unknown) => value is T): T | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isOf(value) ? value : undefined
  } catch {
    return undefined
  }
}
