import type { SystemSetting, Told } from "../setting.ts"
import type { PublishedPort } from "../systems.ts"
import { constantsOf, mappedNames, projectFiles } from "./environment.ts"
import { buildOf, type ImageWish, imageOf } from "./image.ts"
import { mountsKept } from "./mounts.ts"
import { networksFor } from "./networks.ts"
import { type Fields, isFields, isText, type Service } from "./read.ts"

/** Where containers' logs go. */
export type Logs =
  | { readonly driver: "awslogs"; readonly region: string; readonly group: string }
  | { readonly driver: "json-file" }

export interface ServiceWish extends ImageWish, Pick<SystemSetting, keyof Told | "modes" | "trading"> {
  /** All that is published, by service. */
  readonly ports: Readonly<Record<string, PublishedPort>>
  readonly logs: Logs
  /** Start commands instead of the project's own. */
  readonly commands?: Readonly<Record<string, string | readonly string[]>> | undefined
  /** Memory by service, such as `2g`. */
  readonly memory?: Readonly<Record<string, string>> | undefined
}

/** What only serves development, what Compose 1.29 does not know, and what is set below. */
const left = [
  "container_name",
  "deploy",
  "develop",
  "profiles",
  "scale",
  "links",
  "annotations",
  "attach",
  "memswap_limit",
  "mem_reservation",
  "pull_policy",
]

/** One service as the node runs it. */
export function serviceOf(wish: ServiceWish, name: string, service: Service, kept: readonly string[]): Service {
  const rest = Object.fromEntries(Object.entries(service).filter(([field]) => !left.includes(field)))
  const trades = wish.trading.includes(name)
  const zone = wish.variables.TZ ?? "America/New_York"
  return without({
    ...rest,
    build: buildOf(wish, name, service),
    image: imageOf(wish, name, service),
    command: commandOf(wish.commands?.[name] ?? service.command),
    depends_on: dependsOn(service.depends_on, kept),
    env_file: [...projectFiles(service), `/run/smart0dte/${wish.system}/${name}.env`],
    environment: { ...constantsOf(service, mappedNames(wish)), TZ: zone },
    ports: portsOf(wish.ports[name]),
    volumes: some(mountsKept(service)),
    networks: networksFor(service.networks, trades),
    // What is to run after a crash of the machine is nothing that Docker can know of what trades.
    restart: trades ? "on-failure" : "unless-stopped",
    mem_limit: wish.memory?.[name] ?? usualMemory(wish, name),
    logging: loggingOf(wish.logs, name),
  })
}

// Four services of two systems, InfluxDB with 2 GB and the node itself share 16 GB; the API computes, the others wait.
const usualMemory = ({ trading }: ServiceWish, name: string): string => (trading.includes(name) ? "2g" : "1g")

// The scripts put the node's own address in: the override is the same on every node.
// biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholder is Compose's own
const address = "${ADDRESS}"

const portsOf = (port: PublishedPort | undefined): readonly string[] | undefined =>
  port && [`${address}:${port.host}:${port.container}`]

/** A server that starts again at every change of a file is for those who change files. */
function commandOf(command: unknown): unknown {
  if (Array.isArray(command)) return command.filter((part) => part !== "--reload")
  return isText(command) ? command.replaceAll(/\s--reload(?=\s|$)/g, "") : undefined
}

function dependsOn(given: unknown, kept: readonly string[]): unknown {
  if (Array.isArray(given)) return some(given.filter((name) => kept.includes(name)))
  if (!isFields(given)) return undefined
  const entries = Object.entries(given).filter(([name]) => kept.includes(name))
  if (entries.length === 0) return undefined
  return Object.fromEntries(
    entries.map(([name, how]) => [name, { condition: (isFields(how) && how.condition) || "service_started" }]),
  )
}

/** A service must not wait for its log. */
const loggingOf = (logs: Logs, name: string): Fields =>
  logs.driver === "json-file"
    ? { driver: "json-file", options: { "max-size": "10m", "max-file": "3" } }
    : {
        driver: "awslogs",
        options: {
          "awslogs-region": logs.region,
          "awslogs-group": logs.group,
          "awslogs-stream": name,
          mode: "non-blocking",
          "max-buffer-size": "4m",
        },
      }

const some = <T>(items: readonly T[]): readonly T[] | undefined => (items.length > 0 ? items : undefined)

const without = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
