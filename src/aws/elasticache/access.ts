/** Whether two access strings let a user do the same: ElastiCache writes them in an order of its own, and complete. */
export const sameAccess = (a: unknown, b: unknown): boolean =>
  typeof a === "string" && typeof b === "string" && plain(a) === plain(b)

/** Commands are taken one after the other, so their order counts; that of keys and channels does not. */
function plain(access: string): string {
  const rules = access.trim().split(/\s+/)
  const commands = rules.filter((rule) => /^[+-]/.test(rule))
  const others = rules.filter((rule) => !/^[+-]|^resetchannels$/.test(rule)).toSorted()
  // Nobody may do anything before he is told that he may.
  const told = commands[0] === "-@all" ? commands.slice(1) : commands
  return [...others, ...told].join(" ")
}
