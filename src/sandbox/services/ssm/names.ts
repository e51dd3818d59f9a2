import { Refusal } from "../../service.ts"
import { invalid } from "./records.ts"

const deepest = 15

/** What AWS asks of a name before it keeps anything under it. */
export function checkName(name: string): void {
  if (!/^[\w./-]+$/.test(name))
    throw invalid("Parameter name: only a mix of letters, numbers and the following 4 symbols .-_/ is allowed.")
  if (name.includes("/") && !name.startsWith("/")) throw invalid("Parameter name must be a fully qualified name.")
  if (name.endsWith("/") || name.includes("//")) throw invalid("Parameter name must not have an empty level.")
  if (/^\/?(aws|ssm)/i.test(name))
    throw invalid('Parameter name: can\'t be prefixed with "aws" or "ssm" (case-insensitive).')
  if (name.split("/").length - 1 > deepest)
    throw new Refusal("HierarchyLevelLimitExceededException", `A name has at most ${deepest} levels.`)
}

/** The part of `path` that a name goes on with, or nothing where it is not under it. */
export function below(path: string, name: string): string | undefined {
  const start = path.endsWith("/") ? path : `${path}/`
  return name.startsWith(start) ? name.slice(start.length) : undefined
}
