import { stringify } from "yaml"
import { UserError } from "../errors.ts"
import { networksOf } from "./override/networks.ts"
import { type ComposeFile, readCompose, type Service } from "./override/read.ts"
import { refuseUnfit } from "./override/refuse.ts"
import { imageOf, type ServiceWish, serviceOf } from "./override/service.ts"
import { volumesOf } from "./override/volumes.ts"

export interface OverrideWish extends ServiceWish {
  /** The text of the project's own Compose file. */
  readonly compose: string
  /** Services whose work others do: managed data, one InfluxDB for both systems. */
  readonly remove: readonly string[]
}

/**
 * The Compose file that is used instead of the project's own: what it says, without what only a developer's machine
 * needs. A second file merged into the first could take nothing away. The comments at its head are what the node's
 * scripts read of it.
 */
export function overrideOf(wish: OverrideWish): string {
  const project = readCompose(wish.compose)
  const kept = keptServices(project, wish.remove)
  for (const name of expectedServices(wish))
    if (!Object.hasOwn(kept, name))
      throw new UserError(`${wish.system} has no service "${name}" in its Compose file`, {
        hint: `it has ${Object.keys(kept).join(", ") || "none"}; name the right ones in the config`,
      })
  for (const [name, service] of Object.entries(kept)) refuseUnfit(wish.system, name, service, project)
  const services = Object.fromEntries(
    Object.entries(kept).map(([name, service]) => [name, serviceOf(wish, name, service, Object.keys(kept))]),
  )
  const document = {
    services,
    networks: networksOf(wish.system, project, Object.values(services)),
    volumes: volumesOf(project, Object.values(services)),
  }
  const body = stringify(document, { version: "1.1", aliasDuplicateObjects: false, lineWidth: 0 })
  return [...head(wish, kept), body].join("\n")
}

/** What starts by itself and is not removed. A service of a profile is for whoever asks for it by name. */
export function keptServices(project: ComposeFile, remove: readonly string[]): Readonly<Record<string, Service>> {
  return Object.fromEntries(
    Object.entries(project.services).filter(
      ([name, { profiles }]) => !remove.includes(name) && !(Array.isArray(profiles) && profiles.length > 0),
    ),
  )
}

const expectedServices = ({ ports, serviceVariables }: OverrideWish): readonly string[] => [
  ...new Set([...Object.keys(ports), ...Object.keys(serviceVariables)]),
]

const head = (wish: OverrideWish, kept: Readonly<Record<string, Service>>): readonly string[] => [
  `# ${wish.system} as smart0dte runs it, made from the project's own Compose file. It is made anew at every change.`,
  `# commit ${wish.commit}`,
  ...Object.entries(kept).map(
    ([name, service]) =>
      `# service ${name} ${service.build === undefined ? "pulled" : "built"} ${imageOf(wish, name, service)}`,
  ),
]
