interface Attribute {
  readonly Key?: string | undefined
  readonly Value?: string | undefined
}

/** Of all the attributes those that we have an opinion about, in one order. */
export function attributesIn(keys: readonly string[], attributes: readonly Attribute[] | undefined) {
  const all = new Map((attributes ?? []).map(({ Key, Value }) => [Key, Value ?? ""]))
  return Object.fromEntries(keys.toSorted().map((key) => [key, all.get(key) ?? ""]))
}

export const asked = (attributes: Readonly<Record<string, string>>) =>
  Object.entries(attributes).map(([Key, Value]) => ({ Key, Value }))
