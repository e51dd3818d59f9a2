/** What keeps the nodes of a simulation from doing wrong; a mutant has forgotten one of them. */
export const guards = [
  "record when activating",
  "prepared",
  "trader",
  "latch",
  "marker",
  "epoch of the latch",
  "latch is empty until the record was read",
  "halt of a start that is under way",
  "boot of a live system",
  "watch of the marker",
  "watch of the record",
  "trades before the start",
  "activated later",
  "gateway goes",
] as const

export type Guard = (typeof guards)[number]

export type Forgot = (guard: Guard) => boolean

/** Nodes that have forgotten something, what becomes of it, and a seed that shows it. */
export const mutants: readonly (readonly [Guard, RegExp, number])[] = [
  ["prepared", /though it was halted/, 873],
  ["trader", /at once/, 1],
  ["latch", /halted and not resumed/, 20],
  ["epoch of the latch", /though it was halted/, 198],
  ["latch is empty until the record was read", /though it was halted/, 198],
  ["halt of a start that is under way", /though it was halted/, 46],
  ["boot of a live system", /live without a committed record|halted and not resumed/, 75],
  ["watch of the record", /and the record says/, 693],
  ["gateway goes", /live gateway that takes orders/, 64],
]
