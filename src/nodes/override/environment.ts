import type { SystemSetting, Told, Variables } from "../setting.ts"
import { isFields, isText, type Service } from "./read.ts"

/** What a service is told by the project: a text, or `undefined` where it is handed on from the machine that starts it. */
export type Written = Readonly<Record<string, string | undefined>>

/** The environment of a service, from its map or its list. */
export function environmentOf({ environment }: Service): Written {
  if (isFields(environment))
    return Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, textOf(value)]))
  if (!Array.isArray(environment)) return {}
  return Object.fromEntries(environment.filter(isText).map(splitLine))
}

/** The project's own constants; what smart0dte knows a value for comes from the node's files alone, in every service. */
export function constantsOf(service: Service, mapped: ReadonlySet<string>): Variables {
  return Object.fromEntries(
    Object.entries(environmentOf(service)).flatMap(([name, value]) =>
      mapped.has(name) || value === undefined ? [] : [[name, value] as const],
    ),
  )
}

/** The names that smart0dte knows a value for, in whichever mode. */
export const mappedNames = (wish: Told & Pick<SystemSetting, "modes">): ReadonlySet<string> =>
  new Set([wish, ...Object.values(wish.modes)].flatMap(namesOf))

const namesOf = ({ variables, serviceVariables }: Told): readonly string[] =>
  [variables, ...Object.values(serviceVariables)].flatMap((each) => Object.keys(each))

/** Files with variables that the repository holds. One that is called .env is for a developer's machine. */
export function projectFiles({ env_file: files }: Service): readonly string[] {
  const listed: readonly unknown[] = Array.isArray(files) ? files : [files]
  const paths = listed.map((file) => (isFields(file) && file.required !== false ? file.path : file))
  return paths.filter(isText).filter((path) => !/(^|\/)\.env[^/]*$/.test(path))
}

// Older versions of Compose take neither true nor false for a value.
const textOf = (value: unknown): string | undefined =>
  value === null || value === undefined ? undefined : String(value)

function splitLine(line: string): readonly [string, string | undefined] {
  const at = line.indexOf("=")
  return at < 0 ? [line, undefined] : [line.slice(0, at), line.slice(at + 1)]
}
