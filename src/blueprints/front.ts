import type { Place } from "../aws/cloud.ts"
import type { SystemsConfig } from "../config/settings.ts"
import type { AnyStep, Scope } from "../engine/types.ts"
import { healthOf } from "../nodes/plan.ts"
import { backendPaths } from "../nodes/routing.ts"
import type { HealthCheck } from "../nodes/setting.ts"
import { type System, systemFacts, systems } from "../nodes/systems.ts"
import { accessLogsBucket } from "../steps/bucket.ts"
import { certificate } from "../steps/certificate.ts"
import { hostedZone } from "../steps/choice.ts"
import { alias, proof } from "../steps/dns-record.ts"
import type { instance } from "../steps/instance.ts"
import { listener, type RouteWish } from "../steps/listener.ts"
import { loadBalancer } from "../steps/load-balancer.ts"
import { targetGroup } from "../steps/target-group.ts"
import type { groupsOf } from "./groups.ts"
import type { networkOf } from "./network.ts"

export interface FrontWish {
  readonly loadBalancer: boolean
  /** The systems get names below it, and browsers HTTPS. */
  readonly domain?: string | undefined
}

export interface FrontGiven {
  readonly place: Place
  readonly scope: Scope
  readonly domain?: string | undefined
  /** What is said of the systems, how their health is asked for among it. */
  readonly systems: SystemsConfig
  readonly network: ReturnType<typeof networkOf>
  readonly group: NonNullable<ReturnType<typeof groupsOf>["loadBalancer"]>
  readonly node: ReturnType<typeof instance>
}

type Targets = ReturnType<typeof targetsOf>
type Balancer = ReturnType<typeof loadBalancer>

/** What stands between the allowed addresses and the node. */
export function frontOf(given: FrontGiven) {
  const { place, scope, domain, network, group } = given
  const balancer = loadBalancer({
    scope,
    name: "main",
    subnets: network.open,
    group,
    gateway: network.gateway,
    logs: accessLogsBucket({ place, scope }),
  })
  const targets = targetsOf(given)
  const doors = domain === undefined ? portsOf(scope, balancer, targets) : namesOf({ scope, domain, balancer, targets })
  const steps: readonly AnyStep[] = [balancer, ...Object.values(targets).flatMap(Object.values), ...doors]
  // What is not deployed answers nowhere, and that is as it should be.
  const watched = systems
    .filter((system) => given.systems[system]?.enabled ?? true)
    .flatMap((system) => {
      const trading = given.systems[system]?.trading ?? systemFacts[system].trading
      return sides.map((side) => ({
        name: `${system} ${side}`,
        step: targets[system][side],
        trades: trading.includes(side) ? system : undefined,
      }))
    })
  return { loadBalancer: balancer, targets: watched, steps }
}

/** The name of a system below the domain. */
export const hostOf = (system: System, domain: string): string => `${system}.${domain}`

const sides = ["frontend", "backend"] as const
type Side = (typeof sides)[number]

function targetsOf({ scope, network, node, systems: said }: FrontGiven) {
  const of = (system: System, side: Side) => {
    const { port } = checkOf(system, side)
    const { path, codes } = healthOf(system, said[system]?.services)[side] ?? checkOf(system, side)
    return targetGroup({ scope, name: `${system}-${side}`, vpc: network.vpc, port, path, codes, instance: node })
  }
  const both = (system: System) => ({ frontend: of(system, "frontend"), backend: of(system, "backend") })
  return { "smart-0dte": both("smart-0dte"), "mag7-7dte": both("mag7-7dte") } as const satisfies Record<System, object>
}

function checkOf(system: System, side: Side): HealthCheck {
  const check = systemFacts[system].health[side]
  if (!check) throw new Error(`it is not known how the ${side} of ${system} shows that it is well`)
  return check
}

/** Without names the systems are told apart by their ports, and nothing is encrypted. */
function portsOf(scope: Scope, balancer: Balancer, targets: Targets): readonly AnyStep[] {
  return systems.flatMap((system) => {
    const { frontend, backend } = targets[system]
    const at = (side: Side, routes: readonly RouteWish[], otherwise: RouteWish["to"]) =>
      listener({
        scope,
        name: `${system}-${side}`,
        loadBalancer: balancer,
        port: checkOf(system, side).port,
        routes,
        otherwise,
      })
    return [at("frontend", [{ paths: backendPaths, to: backend }], frontend), at("backend", [], backend)]
  })
}

interface Named {
  readonly scope: Scope
  readonly domain: string
  readonly balancer: Balancer
  readonly targets: Targets
}

function namesOf({ scope, domain, balancer, targets }: Named): readonly AnyStep[] {
  const zone = hostedZone({ scope, domain })
  const [first, ...others] = systems
  const hosts = [hostOf(first, domain), ...others.map((system) => hostOf(system, domain))] as const
  // Named after the domain: another domain gets one of its own before this one goes.
  const shown = certificate({ scope, name: domain, hosts, zone })
  const routes = systems.flatMap((system): RouteWish[] => [
    { hosts: [hostOf(system, domain)], paths: backendPaths, to: targets[system].backend },
    { hosts: [hostOf(system, domain)], to: targets[system].frontend },
  ])
  const at = { scope, loadBalancer: balancer }
  return [
    listener({ ...at, name: "http", port: 80, routes: [], otherwise: "redirect https:443" }),
    listener({ ...at, name: "https", port: 443, certificate: shown, routes, otherwise: "answer 404" }),
    ...hosts.flatMap((host) => [
      alias({ scope, host, zone, loadBalancer: balancer }),
      proof({ scope, host, zone, certificate: shown }),
    ]),
  ]
}
