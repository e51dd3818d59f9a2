/** The most that the files of a program may have, all together, in KiB: what grows unseen is loaded on every start. */
const budgets = { "main.cjs": 150, "main-": 1300, sandbox: 750 }

/**
 * @param {ReadonlyMap<string, string>} files
 * @returns {string[]} a line for each budget that is exceeded
 */
export function budgetProblems(files) {
  return Object.entries(budgets).flatMap(([start, budget]) => {
    const some = [...files].filter(([name]) => name.startsWith(start))
    const size = Math.ceil(some.reduce((sum, [, text]) => sum + Buffer.byteLength(text), 0) / 1024)
    return size > budget ? [`${start}*: ${size} KiB, and no more than ${budget} are allowed`] : []
  })
}
