import { parseDocument } from "yaml"
import { UserError } from "../../errors.ts"

export type Fields = Readonly<Record<string, unknown>>

/** A service as the project wrote it: nothing of it is known but that it has fields. */
export type Service = Fields

export interface ComposeFile {
  readonly services: Readonly<Record<string, Service>>
  readonly networks: Readonly<Record<string, unknown>>
  readonly volumes: Readonly<Record<string, unknown>>
}

/** Reads a Compose file as YAML, its anchors and merges resolved; says plainly what it cannot use. */
export function readCompose(text: string): ComposeFile {
  const document = parseDocument(text, { merge: true, prettyErrors: true })
  const problem = document.errors[0]
  if (problem !== undefined)
    throw new UserError(`the project's Compose file is no YAML: ${problem.message.split("\n")[0]}`, {
      hint: "docker compose config shows where it goes wrong",
    })
  const file: unknown = document.toJS()
  if (!isFields(file) || !isFields(file.services) || Object.keys(file.services).length === 0)
    throw new UserError("the project's Compose file has no services", {
      hint: "name the right file in the config: composeFile",
    })
  if (file.include !== undefined)
    throw new UserError("the project's Compose file includes others, which older versions of Compose do not know", {
      hint: "write them out as one: docker compose config --no-interpolate",
    })
  const services = Object.entries(file.services).map(([name, service]) => [name, checked(name, service)] as const)
  return {
    services: Object.fromEntries(services),
    networks: isFields(file.networks) ? file.networks : {},
    volumes: isFields(file.volumes) ? file.volumes : {},
  }
}

export const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value)

export const isText = (value: unknown): value is string => typeof value === "string"

function checked(name: string, service: unknown): Service {
  if (!/^[a-z0-9][a-z0-9_.-]{0,62}$/.test(name))
    throw new UserError(`the service "${name}" has a name that images cannot have`, {
      hint: "small letters, digits, _, . and -",
    })
  if (!isFields(service)) throw new UserError(`the service "${name}" has no fields`)
  if (service.extends !== undefined)
    throw new UserError(`the service "${name}" extends another, which may stand in another file`, {
      hint: "write it out: docker compose config --no-interpolate",
    })
  return service
}
