import {
  type GatewayPorts,
  gatewayHost,
  gatewayPort,
  inEachMode,
  type Mode,
  modeVariables,
  usualPorts,
} from "./modes.ts"
import type { SystemSetting, Told, Variables } from "./setting.ts"
import { type System, systemFacts, systems } from "./systems.ts"

export interface Surroundings {
  readonly databaseHost: string
  readonly databasePort: number
  readonly cacheHost: string
  readonly cachePort: number
}

/** What a trader may lose and hold; the applications have names of their own for it. */
export interface Limits {
  readonly dailyLoss: number
  readonly position: number
  readonly openPositions: number
}

export interface VariablesWish extends Surroundings {
  readonly system: System
  readonly limits: Limits
  /** Where the gateways listen. */
  readonly ports?: GatewayPorts
  /** Keys of those who sell data; left out, those that the application is known to want. */
  readonly dataKeys?: readonly string[]
  /** The other secrets, by the variable that receives them. */
  readonly secrets?: readonly string[]
  /** The services that are given the gateway's address. */
  readonly trading?: readonly string[]
}

/** How the project's InfluxDB is called on the network that both systems join. */
export const influxHost = "influxdb"

export const defaultLimits: Limits = { dailyLoss: 1000, position: 5000, openPositions: 10 }

/** Those that hold where the configuration says no others. */
export const limitsOf = (given: { readonly [K in keyof Limits]?: Limits[K] | undefined } = {}): Limits => ({
  dailyLoss: given.dailyLoss ?? defaultLimits.dailyLoss,
  position: given.position ?? defaultLimits.position,
  openPositions: given.openPositions ?? defaultLimits.openPositions,
})

/** All that a system's services are told, in every mode and in each. The gateway's address goes to those that trade. */
export function variablesOf(wish: VariablesWish): Told & Pick<SystemSetting, "modes"> {
  const { system, limits } = wish
  const facts = systemFacts[system]
  const { dataKeys = facts.dataKeys, secrets = facts.secrets } = wish
  // Who asks for one by name gets it in every mode.
  const shown = dataKeys.filter((name) => !secrets.includes(name))
  return {
    variables: {
      TZ: "America/New_York",
      ...dataVariables(wish),
      DAILY_LOSS_LIMIT: String(limits.dailyLoss),
      DEFAULT_POSITION_SIZE: String(limits.position),
      MAX_POSITIONS_PER_USER: String(limits.openPositions),
      ...keyed(secrets, (name) => secretOf(system, name)),
    },
    serviceVariables: {},
    modes: inEachMode((mode) => ({
      variables: {
        ...modeVariables(mode),
        ...keyed(shown, (name) => (mode === "development" ? demonstrationKey : secretOf(system, name))),
      },
      serviceVariables: gatewaysOf(wish, mode),
    })),
  }
}

/** A gateway takes each number for one client: no two services have the same, of whichever system they are. */
function gatewaysOf({ system, trading, ports = usualPorts }: VariablesWish, mode: Mode): Told["serviceVariables"] {
  const facts = systemFacts[system]
  return Object.fromEntries(
    (trading ?? facts.trading).map((service, index) => [
      service,
      {
        IBKR_HOST: gatewayHost(mode),
        IBKR_PORT: String(gatewayPort(mode, ports)),
        IBKR_CLIENT_ID: String(facts.brokerClient + index * systems.length),
      },
    ]),
  )
}

/** What both applications fall back to when they are given no key. */
const demonstrationKey = "demo_key"

/** What was made by chance is kept apart from what somebody sets. */
const secretOf = (system: System, name: string): string =>
  `{secret:${system}/${name === "JWT_SECRET_KEY" ? "generated" : "keys"}#${name}}`

const keyed = (names: readonly string[], text: (name: string) => string): Variables =>
  Object.fromEntries(names.map((name) => [name, text(name)]))

/**
 * The passwords are letters and digits only, so that a URL takes them as they are. `ssl=require` is asyncpg's way to
 * ask for TLS; the driver checks no certificate then, and the node's own connections do.
 */
function dataVariables({ system, databaseHost, databasePort, cacheHost, cachePort }: VariablesWish): Variables {
  const { database, cacheDatabase } = systemFacts[system]
  const cache = `rediss://${system}:{secret:${system}/generated#CACHE_PASSWORD}@${cacheHost}:${cachePort}`
  return {
    DATABASE_URL: `postgresql://${database}:{secret:${system}/generated#DATABASE_PASSWORD}@${databaseHost}:${databasePort}/${database}?ssl=require`,
    REDIS_URL: `${cache}/${cacheDatabase}`,
    RATE_LIMIT_STORAGE_URL: `${cache}/${cacheDatabase + 1}`,
    INFLUXDB_URL: `http://${influxHost}:8086`,
    INFLUXDB_ORG: system,
    INFLUXDB_BUCKET: "market_data",
    INFLUXDB_TOKEN: `{influx:${system}}`,
  }
}
