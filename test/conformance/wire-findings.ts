import type { Operation, View } from "../../src/sandbox/wire/schema.ts"

/** How many operations were tried, and what differs in those that fail. */
export interface Findings {
  readonly operations: number
  readonly failing: Readonly<Record<string, string>>
}

/** Event streams are not spoken: no operation that the tool may need has one. */
export const speakable = ({ input, output }: Operation): boolean => ![input, output].some(hasEvents)

const hasEvents = (view: View): boolean => view.isStructSchema() && view.getEventStreamMember() !== ""

export function report(what: string, { failing, operations }: Findings): void {
  const names = Object.keys(failing)
  const lines = names.map((name) => `  ${name}: ${failing[name]?.slice(0, 300)}`)
  process.stdout.write(
    `${[`${what}: ${operations - names.length} of ${operations} operations`, ...lines].join("\n")}\n`,
  )
}
