import { type ComposeFile, type Fields, isFields, isText, type Service } from "./read.ts"
import { unshared } from "./volumes.ts"

/** The network that a system shares with what serves both systems. The node makes it. */
const shared = "smart0dte"

/** The network of the gateway to the broker, which the services that trade alone join. */
const gateway = "gateway"

/** Names that the project's own networks cannot have: who is in them would reach what is not for it. */
export const takenNetworks: readonly string[] = [shared, gateway]

/** A service's networks, in the form that the project chose, the shared one, and the gateway's where it trades. */
export function networksFor(networks: unknown, trades: boolean): unknown {
  const ours = trades ? [shared, gateway] : [shared]
  if (isFields(networks)) return { ...networks, ...Object.fromEntries(ours.map((name) => [name, {}])) }
  const names = namesOf(networks)
  return [...(names.length > 0 ? names : ["default"]), ...ours]
}

/** From their map or their list. */
export const namesOf = (networks: unknown): readonly string[] => {
  if (isFields(networks)) return Object.keys(networks)
  return Array.isArray(networks) ? networks.filter(isText) : []
}

/**
 * The networks that are still used. The shared one is a system's own: on one network of both, two services that are
 * called alike would answer in turn.
 */
export function networksOf(system: string, project: ComposeFile, services: readonly Service[]): Fields {
  const used = [...new Set(services.flatMap(({ networks }) => namesOf(networks)))]
  const own = used.filter((name) => !takenNetworks.includes(name) && Object.hasOwn(project.networks, name))
  return {
    ...Object.fromEntries(own.map((name) => [name, unshared(project.networks[name])])),
    [shared]: { external: true, name: `smart0dte-${system}` },
    ...(used.includes(gateway) && { [gateway]: { external: true, name: gatewayNetwork } }),
  }
}

// The scripts put in which of the two it is, by the mode in force: the override is the same in all modes.
// biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholder is Compose's own
const gatewayNetwork = "${GATEWAY_NETWORK}"
