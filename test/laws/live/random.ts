/** Choices that are the same for the same seed (mulberry32). */
export interface Random {
  /** From 0 to below 1. */
  share(): number
  /** Whole, from 0 to below. */
  below(limit: number): number
  chance(share: number): boolean
  of<T>(choices: readonly [T, ...T[]]): T
}

export function randomOf(seed: number): Random {
  let state = seed | 0
  const share = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const below = (limit: number): number => Math.floor(share() * limit)
  return {
    share,
    below,
    chance: (part) => share() < part,
    of: (choices) => choices[below(choices.length)] ?? choices[0],
  }
}
