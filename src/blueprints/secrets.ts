import type { AnyStep, Scope } from "../engine/types.ts"
import { brokers, systems as known, type System, systemFacts } from "../nodes/systems.ts"
import { secret } from "../steps/secret.ts"

export interface SecretsWish {
  readonly scope: Scope
  /** What is said of each system: one that is not enabled is left out. */
  readonly systems: { readonly [Name in System]?: SystemSecrets | undefined }
}

interface SystemSecrets {
  readonly enabled?: boolean | undefined
  /** Keys beside those that it is known to want. */
  readonly secrets?: readonly string[] | undefined
}

/**
 * What is kept secret: of each system the keys that somebody is to set, and what is made by chance; of the node what
 * belongs to no system. Each secret costs by itself, so there are few, of many lines.
 */
export function secretsOf({ scope, systems }: SecretsWish) {
  const wanted = known.filter((system) => systems[system]?.enabled ?? true)
  const keys = new Map(wanted.map((system) => [system, keysOf(scope, system, systems[system]?.secrets)]))
  const generated = new Map(wanted.map((system) => [system, generatedOf(scope, system)]))
  const node = secret({
    scope,
    name: "node/generated",
    description: "Passwords of what both systems share",
    generated: ["INFLUXDB_ADMIN_TOKEN", "INFLUXDB_ADMIN_PASSWORD"],
    short: ["GATEWAY_SCREEN_PASSWORD"],
  })
  const steps: readonly AnyStep[] = [...keys.values(), ...generated.values(), node, ...brokers.map(brokerOf(scope))]
  return { keys, generated, node, steps }
}

/** Each by itself: a node can read those of paper, and those of the live account only while a system is to trade live. */
const brokerOf =
  (scope: Scope) =>
  (broker: (typeof brokers)[number]): AnyStep =>
    secret({
      scope,
      name: `${broker}/keys`,
      description: `Login at the broker of ${broker === "broker-live" ? "the live" : "the paper"} account: smart0dte secrets set`,
      placeholders: ["IBKR_USERNAME", "IBKR_PASSWORD"],
    })

const keysOf = (scope: Scope, system: System, more: readonly string[] = []) =>
  secret({
    scope,
    name: `${system}/keys`,
    description: `Keys of ${system}: smart0dte secrets set`,
    placeholders: wantedOf(system, more),
  })

/** All that an application is known to want, and the way to a private repository. */
function wantedOf(system: System, more: readonly string[]): readonly string[] {
  const { dataKeys, secrets } = systemFacts[system]
  const wanted = new Set([...dataKeys, ...secrets, "GIT_TOKEN", ...more])
  return [...wanted].filter((line) => !made.includes(line))
}

const generatedOf = (scope: Scope, system: System) =>
  secret({ scope, name: `${system}/generated`, description: `Passwords of ${system}`, generated: made })

const made: readonly string[] = ["DATABASE_PASSWORD", "CACHE_PASSWORD", "JWT_SECRET_KEY"]
