import { UserError } from "../errors.ts"
import { type Mode, modes } from "./modes.ts"

/** How the node finds out whether a service is well: an answer at its published port. */
export interface HealthCheck {
  readonly port: number
  readonly path: string
  /** Status codes as load balancers write them: `200`, `200-399`, `200,204`. */
  readonly codes: string
}

/** By name. In a value `{secret:<name>}` stands for the secret `smart0dte/<scope>/<name>`. */
export type Variables = Readonly<Record<string, string>>

/** What services are told by variables. */
export interface Told {
  /** What every service receives. */
  readonly variables: Variables
  /** What only one service receives, by service. */
  readonly serviceVariables: Readonly<Record<string, Variables>>
}

/** What can be asked or told of a system by commands of its own, each a line for sh in its first trading service. */
export interface SystemCommands {
  readonly positions?: string | undefined
  readonly orders?: string | undefined
  readonly halt?: string | undefined
  readonly flatten?: string | undefined
}

/** What a node is to run of one system. It stands in a parameter that anybody in the account may read. */
export interface SystemSetting extends Told {
  readonly repository: string
  /** A tag, a branch or a commit. */
  readonly ref: string
  /** The secret with the token of a private repository, without `smart0dte/<scope>/`. */
  readonly token?: string | undefined
  /** The project's Compose file, where it is not one of the usual names. */
  readonly composeFile?: string | undefined
  /** The key of the override in the state bucket, once there is one. */
  readonly override?: string | undefined
  readonly logGroup: string
  /** Seconds that its services may take to get well. */
  readonly patience?: number | undefined
  readonly health: Readonly<Record<string, HealthCheck>>
  /** The services that trade, the first of which runs the commands. */
  readonly trading: readonly string[]
  /** What is told besides while the system is in a mode. */
  readonly modes: Readonly<Record<Mode, Told>>
  readonly commands?: SystemCommands | undefined
}

/** What both systems of a node share. */
export interface NodeSetting {
  /** System to database, which is also the name of the role that owns it. */
  readonly databases: Readonly<Record<string, string>>
  readonly databaseHost: string
  readonly databasePort: number
  /** The ARN of the secret that RDS keeps for the master user. */
  readonly masterSecret: string
  /** The volume that holds the time series. */
  readonly influxVolume: string
}

/**
 * `key=value` lines, sorted, so that equal settings are equal texts. The node's scripts split at the first `=` and take
 * the rest as it is: there is no quoting, and so nothing that could be quoted wrongly.
 */
export function settingText(setting: SystemSetting): string {
  return linesOf([
    ["repository", setting.repository],
    ["ref", setting.ref],
    ["token", setting.token],
    ["compose", setting.composeFile],
    ["override", setting.override],
    ["logGroup", setting.logGroup],
    ["patience", setting.patience?.toString()],
    ...Object.entries(setting.health).map(
      ([service, { port, path, codes }]): Line => [`health.${service}`, `${port}${path} ${codes}`],
    ),
    ["trading", setting.trading.join(" ")],
    ...Object.entries(setting.commands ?? {}).map(([name, command]): Line => [`command.${name}`, command]),
    ...toldLines("", setting),
    ...modes.flatMap((mode) => toldLines(`mode.${mode}.`, setting.modes[mode])),
  ])
}

const toldLines = (before: string, { variables, serviceVariables }: Told): readonly Line[] => [
  ...Object.entries(variables).map(([name, text]): Line => [`${before}variable.${name}`, text]),
  ...Object.entries(serviceVariables).flatMap(([service, own]) =>
    Object.entries(own).map(([name, text]): Line => [`${before}variable@${service}.${name}`, text]),
  ),
]

/** Which gateways run on a node, and where. */
export interface GatewaySetting {
  /** By its digest; without one, none runs. */
  readonly image?: string | undefined
  readonly livePort: number
  readonly paperPort: number
  /** The broker's account that may trade live. */
  readonly account?: string | undefined
  /** Kept with the environment: whoever goes live from a machine without the configuration is bound by it too. */
  readonly approval?: "required" | "optional" | undefined
}

export const gatewaySettingText = ({ image, livePort, paperPort, account, approval }: GatewaySetting): string =>
  linesOf([
    ["approval", approval === "required" ? approval : undefined],
    ["image", image],
    ["livePort", String(livePort)],
    ["paperPort", String(paperPort)],
    ["account", account],
  ])

export function nodeSettingText(setting: NodeSetting): string {
  const { databases, databasePort, ...rest } = setting
  return linesOf([
    ...Object.entries(rest),
    ["databasePort", String(databasePort)],
    ...Object.entries(databases).map(([system, database]): Line => [`database.${system}`, database]),
  ])
}

type Line = readonly [key: string, value: string | undefined]

function linesOf(lines: readonly Line[]): string {
  return lines
    .filter(([, value]) => value !== undefined && value !== "")
    .map(([key, value]) => lineOf(key, value ?? ""))
    .sort()
    .join("")
}

function lineOf(key: string, value: string): string {
  if (!/^[A-Za-z][A-Za-z0-9_.@-]*$/.test(key))
    throw new UserError(`${JSON.stringify(key)} cannot be a key of a node's setting`, {
      hint: "names of services and variables are made of letters, digits, _, . and -",
    })
  // A second line would be a second setting, and systemd, Compose and the scripts each end a value elsewhere.
  if (hasControl(value))
    throw new UserError(`the value of ${key} has a line break or another control character`, {
      hint: "write it in one line, or keep it as a secret",
    })
  return `${key}=${value}\n`
}

const hasControl = (text: string): boolean =>
  [...text].some((letter) => {
    const code = letter.codePointAt(0) ?? 0
    return code < 32 || code === 127
  })
