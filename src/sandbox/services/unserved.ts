import { Refusal } from "../service.ts"

/** What the sandbox cannot do is refused, never ignored: a caller would believe that it was done. False asks for nothing. */
export const refuseUnserved = <Input extends object>(
  input: Input,
  members: readonly (keyof Input & string)[],
): void => {
  const used = members.find((member) => input[member] !== undefined && input[member] !== false)
  if (used !== undefined) throw notServed(used)
}

/** Said as 501, which the SDK does not try again. */
export const notServed = (what: string): Refusal =>
  new Refusal("NotImplemented", `the sandbox does not serve ${what}; leave it out, or try it on AWS`, 501)

/** The same the other way round, for inputs of many members: only these are served. */
export const serveOnly = <Input extends object>(
  operation: string,
  input: Input,
  served: readonly (keyof Input & string)[],
): void => {
  const known: readonly string[] = served
  for (const [name, value] of Object.entries(input))
    if (value !== undefined && value !== false && !known.includes(name)) throw notServed(`${name} of ${operation}`)
}
