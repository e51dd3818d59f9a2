import type { Place } from "../aws/cloud.ts"
import { parameterName } from "../aws/names.ts"
import type { Scope } from "../engine/types.ts"
import { UserError } from "../errors.ts"
import { type GatewayPorts, inEachMode } from "./modes.ts"
import type { Fields } from "./override/read.ts"
import { type OverrideWish, overrideOf } from "./override.ts"
import type { ProjectFile } from "./override-file.ts"
import { type HealthCheck, type SystemCommands, type SystemSetting, settingText, type Variables } from "./setting.ts"
import { type System, systemFacts } from "./systems.ts"
import { type Limits, limitsOf, variablesOf } from "./variables.ts"

/** What the configuration says of a system. */
export interface SystemGiven {
  readonly repository?: string | undefined
  readonly token?: string | undefined
  readonly composeFile?: string | undefined
  readonly remove?: readonly string[] | undefined
  readonly trading?: readonly string[] | undefined
  readonly limits?: { readonly [K in keyof Limits]?: Limits[K] | undefined } | undefined
  readonly commands?: SystemCommands | undefined
  readonly secrets?: readonly string[] | undefined
  readonly variables?: Variables | undefined
  readonly services?: Readonly<Record<string, ServiceGiven>> | undefined
}

export interface ServiceGiven {
  readonly health?: { readonly [K in keyof HealthCheck]?: HealthCheck[K] | undefined } | undefined
  readonly build?: Fields | undefined
  readonly start?: string | undefined
  readonly memory?: string | undefined
  readonly variables?: Variables | undefined
}

/** All that is to be said of a system before anything of it is there. */
export interface SystemPlan {
  readonly system: System
  /** Which line of its keys has the token of a private repository. */
  readonly secrets: readonly string[]
  /** The text that the node reads, once it is known which ref. */
  settingFor(ref: string): string
  /** What the override is made from besides the project's own file. */
  readonly settings: Omit<OverrideWish, keyof ProjectFile>
  overrideFor(project: ProjectFile): string
}

/** What is known of a system, and what the configuration says otherwise. */
export function planOf(
  scope: Scope,
  { region }: Place,
  system: System,
  given: SystemGiven,
  ports?: GatewayPorts,
): SystemPlan {
  const facts = systemFacts[system]
  const { remove = facts.remove, trading = facts.trading, services = {} } = given
  const secrets = [...new Set([...facts.secrets, ...(given.secrets ?? [])])]
  const limits = limitsOf(given.limits)
  const told = variablesOf({ ...surroundings, system, limits, secrets, trading, ...(ports && { ports }) })
  const variables = { ...told.variables, ...given.variables }
  const serviceVariables = merged(
    told.serviceVariables,
    each(services, (one) => one.variables),
  )
  // What the configuration says holds in every mode.
  const modes = inEachMode((mode) => ({
    ...told.modes[mode],
    variables: without(told.modes[mode].variables, Object.keys(given.variables ?? {})),
  }))
  const logGroup = parameterName(scope, system)
  const said = {
    repository: given.repository ?? facts.repository,
    token: `${system}/keys#${given.token ?? "GIT_TOKEN"}`,
    composeFile: given.composeFile,
    logGroup,
    health: healthOf(system, services),
    trading,
    commands: given.commands,
    variables,
    serviceVariables,
    modes,
  } satisfies Omit<SystemSetting, "ref">
  const settings = {
    system,
    remove,
    named: [...Object.keys(services), ...(given.remove ?? [])],
    ports: facts.ports,
    logs: { driver: "awslogs" as const, region, group: logGroup },
    commands: each(services, (one) => one.start),
    builds: each(services, (one) => one.build),
    memory: each(services, (one) => one.memory),
    trading,
    variables,
    serviceVariables,
    modes,
  }
  return {
    system,
    secrets,
    settings,
    settingFor: (ref) => settingText({ ...said, ref }),
    overrideFor: (project) => overrideOf({ ...settings, ...project }),
  }
}

/** The node puts them in: a setting that waited for them would hold up all that needs neither. */
const surroundings = {
  databaseHost: "{data:databaseHost}",
  databasePort: 5432,
  cacheHost: "{data:cacheHost}",
  cachePort: 6379,
}

/** What is known of how a system's health is asked for, and what the configuration says otherwise. */
export function healthOf(system: System, services: SystemGiven["services"] = {}): SystemSetting["health"] {
  const known = systemFacts[system].health
  const names = [...new Set([...Object.keys(known), ...Object.keys(each(services, (one) => one.health))])]
  return Object.fromEntries(
    names.map((name) => {
      const { port, path = "/", codes = "200" } = { ...known[name], ...defined(services[name]?.health) }
      if (port !== undefined) return [name, { port, path, codes }]
      throw new UserError(`nothing is known of the port of ${system}'s service "${name}"`, {
        hint: `give it in the configuration: systems.${system}.services.${name}.health.port`,
      })
    }),
  )
}

function each<Value>(
  services: NonNullable<SystemGiven["services"]>,
  read: (one: ServiceGiven) => Value | undefined,
): Readonly<Record<string, Value>> {
  return Object.fromEntries(
    Object.entries(services).flatMap(([name, one]) => {
      const value = read(one)
      return value === undefined ? [] : [[name, value]]
    }),
  )
}

const without = (variables: Variables, names: readonly string[]): Variables =>
  Object.fromEntries(Object.entries(variables).filter(([name]) => !names.includes(name)))

const merged = (first: Readonly<Record<string, Variables>>, second: Readonly<Record<string, Variables>>) =>
  Object.fromEntries(
    [...new Set([...Object.keys(first), ...Object.keys(second)])].map((name) => [
      name,
      { ...first[name], ...second[name] },
    ]),
  )

/** A key that is there without a value would hide what is known. */
const defined = (health: ServiceGiven["health"]): Partial<HealthCheck> =>
  Object.fromEntries(Object.entries(health ?? {}).filter(([, value]) => value !== undefined))
