import { Refusal } from "../../service.ts"

/** Load balancers and target groups have names of the same shape. */
export const checkName = (name: string, what: string): void => {
  if (name.length > 32) throw invalid(`${what} name '${name}' cannot be longer than '32' characters`)
  if (!/^[A-Za-z0-9-]+$/.test(name)) {
    throw invalid(`${what} name '${name}' can only contain characters that are alphanumeric characters or hyphens(-)`)
  }
  if (/^-|-$/.test(name)) throw invalid(`${what} name '${name}' cannot begin or end with a hyphen(-)`)
  if (name.startsWith("internal-")) throw invalid(`${what} name '${name}' cannot begin with 'internal-'`)
}

const invalid = (message: string): Refusal => new Refusal("ValidationError", message)
