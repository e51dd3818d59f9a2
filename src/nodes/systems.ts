import type { HealthCheck } from "./setting.ts"

export const systems = ["smart-0dte", "mag7-7dte"] as const
export type System = (typeof systems)[number]

/** Whose logins at the broker the gateways use: both systems have the same ones. */
export const brokers = ["broker-paper", "broker-live"] as const

/** What is known of an application before it is fetched; the config says what differs. */
export interface SystemFacts {
  readonly repository: string
  /** A name for its database and for the role that owns it. */
  readonly database: string
  /** The first of its eight logical databases of the cache: a convention, not a wall. */
  readonly cacheDatabase: number
  /** Of its first trading service: two clients of one gateway need two numbers. */
  readonly brokerClient: number
  /** What it trades options on, which decides when their market is open. */
  readonly options: "index" | "stock"
  /** Published ports by service. */
  readonly ports: Readonly<Record<string, PublishedPort>>
  readonly health: Readonly<Record<string, HealthCheck>>
  /** The services that are given the gateway's address. */
  readonly trading: readonly string[]
  /** Services whose work others do: managed data, one InfluxDB for both systems. */
  readonly remove: readonly string[]
  /** Keys of those who sell data, each a variable of that name: demonstration keys in development, else secrets. */
  readonly dataKeys: readonly string[]
  /** The other secrets that it wants, each a variable of that name. */
  readonly secrets: readonly string[]
}

export interface PublishedPort {
  /** On the node's private address. */
  readonly host: number
  readonly container: number
}

const remove = ["postgres", "redis", "influxdb"]

const dataKeys = ["POLYGON_API_KEY", "ALPHA_VANTAGE_API_KEY", "OPENAI_API_KEY", "DATABENTO_API_KEY"]

const secrets = ["JWT_SECRET_KEY", "SMTP_PASSWORD", "SLACK_WEBHOOK_URL", "DISCORD_WEBHOOK_URL"]

export const systemFacts: Readonly<Record<System, SystemFacts>> = {
  "smart-0dte": {
    repository: "https://github.com/TKTINC/smart-0DTE-system.git",
    database: "smart_0dte",
    cacheDatabase: 0,
    brokerClient: 1,
    options: "index",
    ports: { backend: { host: 8000, container: 8000 }, frontend: { host: 3000, container: 3000 } },
    health: {
      backend: { port: 8000, path: "/readyz", codes: "200" },
      frontend: { port: 3000, path: "/", codes: "200-399" },
    },
    trading: ["backend"],
    remove,
    dataKeys,
    secrets,
  },
  "mag7-7dte": {
    repository: "https://github.com/TKTINC/mag7-7DTE-system.git",
    database: "mag7_7dte",
    cacheDatabase: 8,
    brokerClient: 2,
    options: "stock",
    ports: { backend: { host: 8001, container: 8000 }, frontend: { host: 3001, container: 3000 } },
    health: {
      backend: { port: 8001, path: "/health", codes: "200" },
      frontend: { port: 3001, path: "/", codes: "200-399" },
    },
    trading: ["backend"],
    remove,
    dataKeys,
    secrets,
  },
}
