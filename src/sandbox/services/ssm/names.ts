import { Refusal } from "../../service.ts"
import { invalid } from "./records.ts"

/** Refuses a name under which an account can keep nothing. */
export const checkNewName = (name: string): void => {
  if (/^\/?aws/i.test(name)) {
    throw new Refusal("AccessDeniedException", `No access to reserved parameter name: ${name}.`)
  }
  if (/^\/?ssm/i.test(name)) throw invalid(BAD_NAME)
  checkName(name)
  if (name.split("/").length - 1 > DEEPEST) {
    throw new Refusal("HierarchyLevelLimitExceededException", `A parameter name has at most ${DEEPEST} levels: ${name}`)
  }
}

/** Refuses what is no name at all. One of several levels begins with a slash. */
export const checkName = (name: string): void => {
  if (!/^([\w.-]+|(\/[\w.-]+)+)$/.test(name)) throw invalid(BAD_NAME)
}

/** The path as it stands before the names below it. */
export const folderOf = (path: string): string => {
  if (!/^(\/[\w.-]+)*\/?$/.test(path)) throw invalid(BAD_PATH)
  return path.endsWith("/") ? path : `${path}/`
}

/** Whether a name is below a folder: right below it, or at any depth. */
export const isBelow = (name: string, folder: string, anyDepth: boolean): boolean =>
  name.startsWith(folder) && (anyDepth || !name.slice(folder.length).includes("/"))

const DEEPEST = 15

/** Said for every fault of a name, whichever it is. */
const BAD_NAME =
  'Parameter name: can\'t be prefixed with "ssm" (case-insensitive). If formed as a path, it can consist of sub-paths ' +
  "divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_"

const BAD_PATH =
  "The parameter doesn't meet the parameter name requirements. The parameter name must begin with a forward slash " +
  '"/". It can\'t be prefixed with "aws" or "ssm" (case-insensitive). It must use only letters, numbers, or the ' +
  "following symbols: . (period), - (hyphen), _ (underscore). Special characters are not allowed. All sub-paths, if " +
  'specified, must use the forward slash symbol "/". Valid example: /get/parameters2-/by1./path0_.'
