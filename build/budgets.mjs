/** The most that a program's files may have, all together, in KiB: what grows unseen is loaded on every start. */
const budgets = [
  { what: "what every command loads", files: /^main\.cjs$/, most: 170 },
  { what: "the tool", files: /^main.*\.cjs$/, most: 3100 },
  { what: "the sandbox", files: /^sandbox.*\.cjs$/, most: 2300 },
  { what: "the stand-in of the Session Manager plugin", files: /^session-manager-plugin.*\.cjs$/, most: 200 },
  { what: "all that is distributed", files: /./, most: 6000 },
]

/**
 * @param {ReadonlyMap<string, string>} built
 * @returns {string[]} a line for each budget that is exceeded
 */
export function budgetProblems(built) {
  return budgets.flatMap(({ what, files, most }) => {
    const some = [...built].filter(([name]) => files.test(name))
    const size = Math.ceil(some.reduce((sum, [, text]) => sum + Buffer.byteLength(text), 0) / 1024)
    return size > most ? [`${what} has ${size} KiB, and ${most} are allowed`] : []
  })
}
