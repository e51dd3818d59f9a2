import { stringify } from "yaml"
import { UserError } from "../errors.ts"
import { buildOf, imageOf } from "./override/image.ts"
import { networksOf } from "./override/networks.ts"
import { type ComposeFile, readCompose, type Service } from "./override/read.ts"
import { refuseUnfit } from "./override/refuse.ts"
import { type ServiceWish, serviceOf } from "./override/service.ts"
import { volumesOf } from "./override/volumes.ts"

export interface OverrideWish extends ServiceWish {
  /** The text of the project's own Compose file. */
  readonly compose: string
  /** Services whose work others do: managed data, one InfluxDB for both systems. */
  readonly remove: readonly string[]
  /** Services that the config speaks of: one that is not there is a mistake, and what was said of it would be lost. */
  readonly named?: readonly string[] | undefined
}

/**
 * The Compose file that is used instead of the project's own: what it says, without what only a developer's machine
 * needs. A second file merged into the first could take nothing away. The comments at its head are what the node's
 * scripts read of it.
 */
export function overrideOf(wish: OverrideWish): string {
  const project = readCompose(wish.compose)
  const kept = keptServices(project, wish.remove)
  requireServices(wish, project, kept)
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

function requireServices(wish: OverrideWish, project: ComposeFile, kept: Readonly<Record<string, Service>>): void {
  const { system, ports, trading, serviceVariables, named = [] } = wish
  const run = [...Object.keys(ports), ...trading, ...Object.keys(serviceVariables)]
  const missing =
    run.find((name) => !Object.hasOwn(kept, name)) ?? named.find((name) => !Object.hasOwn(project.services, name))
  if (missing !== undefined)
    throw new UserError(`${system} has no service "${missing}" in its Compose file`, {
      hint: `it has ${Object.keys(kept).join(", ") || "none"}; name the right ones in the config`,
    })
}

const head = (wish: OverrideWish, kept: Readonly<Record<string, Service>>): readonly string[] => [
  `# ${wish.system} as smart0dte runs it, made from the project's own Compose file. It is made anew at every change.`,
  `# commit ${wish.commit}`,
  ...Object.entries(kept).map(
    ([name, service]) =>
      `# service ${name} ${buildOf(wish, name, service) === undefined ? "pulled" : "built"} ${imageOf(wish, name, service)}`,
  ),
]
