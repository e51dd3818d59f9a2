import { type ComposeFile, type Fields, isFields, isText, type Service } from "./read.ts"
import { unshared } from "./volumes.ts"

/** The network that a system shares with what serves both systems. The node makes it. */
const shared = "smart0dte"

/** A service's networks, in the form that the project chose, and the shared one. */
export function withShared(networks: unknown): unknown {
  if (isFields(networks)) return { ...networks, [shared]: {} }
  const names = Array.isArray(networks) ? networks.filter(isText) : []
  return [...(names.length > 0 ? names : ["default"]), shared]
}

/**
 * The networks that are still used. The shared one is a system's own: on one network of both, two services that are
 * called alike would answer in turn.
 */
export function networksOf(system: string, project: ComposeFile, services: readonly Service[]): Fields {
  const used = [...new Set(services.flatMap(({ networks }) => (isFields(networks) ? Object.keys(networks) : networks)))]
  const own = used.filter(isText).filter((name) => name !== shared && Object.hasOwn(project.networks, name))
  return {
    ...Object.fromEntries(own.map((name) => [name, unshared(project.networks[name])])),
    [shared]: { external: true, name: `smart0dte-${system}` },
  }
}
