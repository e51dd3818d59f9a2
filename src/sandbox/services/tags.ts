export interface Tag {
  readonly Key: string
  readonly Value: string
}

interface Asked {
  readonly Key?: string | undefined
  readonly Value?: string | undefined
}

/** Tags as a request carries them, made whole. */
export const wholeTags = (asked: readonly Asked[] = []): readonly Tag[] =>
  asked.map(({ Key = "", Value = "" }) => ({ Key, Value }))

/** `added` laid over `present`. Some services take two spellings of a key for one: `fold` makes them equal. */
export const tagsOver = (
  present: readonly Tag[],
  added: readonly Tag[],
  fold: (key: string) => string = (key) => key,
): readonly Tag[] => {
  const fresh = new Map(added.map((tag) => [fold(tag.Key), tag]))
  const known = new Set(present.map((tag) => fold(tag.Key)))
  const kept = present.map((tag) => fresh.get(fold(tag.Key)) ?? tag)
  return [...kept, ...[...fresh].flatMap(([key, tag]) => (known.has(key) ? [] : [tag]))]
}
