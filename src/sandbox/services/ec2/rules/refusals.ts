import { Refusal } from "../../../service.ts"
import { notServed } from "../../unserved.ts"

/** The value of a parameter that the model leaves optional and EC2 wants all the same. */
export const required = <T>(value: T | undefined, parameter: string): T => {
  if (value === undefined || value === "") {
    throw new Refusal("MissingParameter", `The request must contain the parameter ${parameter}`)
  }
  return value
}

/** EC2's usual wording for a value that it understands and does not take. */
export const invalidValue = (value: unknown, parameter: string, why: string): Refusal =>
  new Refusal("InvalidParameterValue", `Value (${value}) for parameter ${parameter} is invalid. ${why}`)

/** What the caller is to take away first, AWS leaves for it to find out. */
export const inUse = (noun: string, id: string): Refusal =>
  new Refusal("DependencyViolation", `The ${noun} '${id}' has dependencies and cannot be deleted.`)

/**
 * Refuses what AWS would honour and the sandbox does not: silently dropping a member would show a caller
 * a success that AWS would not repeat.
 */
export const serveOnly = <Input extends object>(
  operation: string,
  input: Input,
  served: readonly (keyof Input & string)[],
): void => {
  const names: readonly string[] = [...served, "DryRun", "TagSpecifications", "ClientToken"]
  for (const [name, value] of Object.entries(input)) {
    if (value === undefined || names.includes(name)) continue
    throw notServed(`${name} of ${operation}`)
  }
}
