/** When a thing enters which state, earliest first. What it is in now is computed on reading, never stored. */
export type Timeline<State extends string> = readonly (readonly [from: number, state: State])[]

/** The state that a thing is in at this time. */
export const stateAt = <State extends string>(timeline: Timeline<State>, now: number): State => {
  const reached = timeline.filter(([from]) => from <= now)
  const current = reached.at(-1) ?? timeline[0]
  if (!current) throw new Error("a timeline needs at least one state")
  return current[1]
}

/** One state at once, and another when `after` milliseconds have passed. */
export const passing = <State extends string>(
  now: number,
  first: State,
  after: number,
  then: State,
): Timeline<State> => [
  [now, first],
  [now + after, then],
]

/** Times are in simulated milliseconds; what AWS needs is known in seconds. */
export const seconds = (count: number): number => count * 1000
export const hour: number = seconds(3600)
