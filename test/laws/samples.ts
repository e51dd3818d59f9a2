/**
 * Some laws hold at every moment of a run, and a whole run per moment is a lot of them. `npm test` tries moments that
 * are spread over the run; with LAWS=all, as in `.ci/run`, twice as many.
 */
export const samples = (few: number): readonly number[] =>
  Array.from({ length: process.env.LAWS === "all" ? 2 * few : few }, (_, n) => n + 1)

/** The n-th of so many moments of a run that has `whole` of them: the last is the run's last. */
export const momentOf = (n: number, of: readonly number[], whole: number): number =>
  Math.max(1, Math.round((n / of.length) * whole))
