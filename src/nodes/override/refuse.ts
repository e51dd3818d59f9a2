import { UserError } from "../../errors.ts"
import { mountsOf } from "./mounts.ts"
import { namesOf, takenNetworks } from "./networks.ts"
import { type ComposeFile, isFields, type Service } from "./read.ts"

/** What would open the node to a container, or publish what nobody was asked about, is refused and never dropped silently. */
export function refuseUnfit(system: string, name: string, service: Service, project: ComposeFile): void {
  const unfit =
    unfitOf(service) ??
    mountsOf(service)
      .map(({ source }) => unfitSource(source, project))
      .find(Boolean)
  if (unfit !== undefined) throw new UserError(`the service "${name}" of ${system} ${unfit.what}`, { hint: unfit.hint })
}

interface Unfit {
  readonly what: string
  readonly hint: string
}

const beside = "take it out of the project's Compose file, or remove the service in the config"

function unfitOf(service: Service): Unfit | undefined {
  const network = service.network_mode
  if (network === "host" || (typeof network === "string" && /^(container|service):/.test(network)))
    return {
      what: `uses the network of another (network_mode: ${network}), where ports cannot be held back`,
      hint: beside,
    }
  const taken = namesOf(service.networks).find((name) => takenNetworks.includes(name))
  if (taken !== undefined)
    return { what: `uses a network called ${taken}, which is one of smart0dte's own`, hint: "call it otherwise" }
  if (service.privileged === true || service.use_api_socket === true)
    return { what: "wants the rights of the node itself (privileged)", hint: beside }
  for (const field of ["pid", "ipc", "userns_mode", "uts", "cgroup"])
    if (service[field] === "host") return { what: `shares the node's own ${field}`, hint: beside }
  if (service.secrets !== undefined || service.configs !== undefined)
    return {
      what: "uses secrets or configs of Compose, whose files a node does not have",
      hint: "give them as variables: smart0dte secrets set",
    }
  return service.volumes_from === undefined
    ? undefined
    : { what: "takes over volumes of another (volumes_from)", hint: "name the volumes" }
}

function unfitSource(source: string | undefined, project: ComposeFile): Unfit | undefined {
  if (source === undefined) return undefined
  if (/docker\.sock$/.test(source) || source === "/")
    return { what: `mounts ${source} of the node, which makes it root there`, hint: beside }
  if (/^(~|\$)/.test(source))
    return { what: `mounts ${source}, which is elsewhere on every machine`, hint: "use a named volume" }
  const volume = project.volumes[source]
  return isFields(volume) && isFields(volume.driver_opts) && volume.driver_opts.device !== undefined
    ? { what: `uses the volume ${source}, which is a folder of one machine`, hint: "use a plain named volume" }
    : undefined
}
