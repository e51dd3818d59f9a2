/** Tells those who wait for it that something has changed. */
export interface Bell {
  ring(): void
  /** Answers with what ends the listening. */
  listen(listener: () => void): () => void
}

export function startBell(): Bell {
  const listeners = new Set<() => void>()
  return {
    ring: () => {
      for (const listener of listeners) listener()
    },
    listen: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
