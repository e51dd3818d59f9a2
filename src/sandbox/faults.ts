export const FAULT_NAMES = [
  "throttle",
  "error500",
  "error500-after",
  "reset",
  "lost",
  "hang",
  "slow",
  "blind",
  "capacity",
  "quota",
  "expired",
  "agent",
  "clock",
  "other-account",
  "no-login",
  "no-billing-alerts",
  "linked-account",
] as const

export type FaultName = (typeof FAULT_NAMES)[number]

/** A rule by which the sandbox misbehaves. */
export interface Fault {
  readonly name: FaultName
  /**
   * A pattern that `service:Operation` must fit from end to end, e.g. `ec2:Create.*`; everything by default. Of what
   * goes wrong on nodes it is `agent:<instance>`, `clock:<instance>`, `gateway:<live or paper>:<instance>`.
   */
  readonly operation?: string
  /** Which part of the requests it hits, from 0 to 1; by default all. */
  readonly share?: number
  /** How often it hits at most. */
  readonly times?: number
  /** slow: how long an answer takes, in milliseconds of the wall clock. */
  readonly milliseconds?: number
  /** blind: how young a record must be to go unseen, in simulated seconds. clock: how wrong it is. */
  readonly seconds?: number
  /** quota: which one, all by default, and what it is. */
  readonly quota?: string
  readonly value?: number
}

/** A rule as it stands now. */
export type FaultState = Fault & { readonly hits: number }

export interface Faults {
  /** Replaces all rules; the same seed makes `share` hit the same requests again. */
  set(rules: readonly Fault[], seed?: number): void
  list(): readonly FaultState[]
  /** The first rule of this name that hits the operation now; it counts as a hit. */
  take(name: FaultName, operation: string, fits?: (fault: Fault) => boolean): Fault | undefined
}

export function startFaults(): Faults {
  let states: FaultState[] = []
  let random = seeded(1)
  return {
    list: () => states,
    set: (rules, seed = 1) => {
      states = rules.map(checked)
      random = seeded(seed)
    },
    take: (name, operation, fits = () => true) => {
      const index = states.findIndex(
        (state) =>
          state.name === name &&
          hits(state, operation) &&
          fits(state) &&
          (state.share === undefined || random() < state.share),
      )
      const found = states[index]
      if (found) states = states.with(index, { ...found, hits: found.hits + 1 })
      return found
    },
  }
}

function hits(state: FaultState, operation: string): boolean {
  if (state.times !== undefined && state.hits >= state.times) return false
  return state.operation === undefined || new RegExp(`^(?:${state.operation})$`).test(operation)
}

function checked(rule: Fault): FaultState {
  if (!FAULT_NAMES.includes(rule.name))
    throw new Error(`unknown fault ${JSON.stringify(rule.name)}: use one of ${FAULT_NAMES.join(", ")}`)
  if (rule.share !== undefined && !(rule.share >= 0 && rule.share <= 1))
    throw new Error(`the share of the fault ${rule.name} is ${rule.share}: give a number from 0 to 1`)
  // Throws, naming the pattern, when it is none.
  if (rule.operation !== undefined) new RegExp(rule.operation)
  return { ...rule, hits: 0 }
}

/** Numbers from 0 to 1 that look random and are the same for the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
