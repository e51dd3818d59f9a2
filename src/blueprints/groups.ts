import type { Scope } from "../engine/types.ts"
import { allowedCidrs, visitors } from "../steps/choice.ts"
import { securityGroup } from "../steps/security-group.ts"
import type { vpc } from "../steps/vpc.ts"

export interface GroupsWish {
  readonly scope: Scope
  /** Left out, it is what an earlier run was told. */
  readonly allowedCidrs?: readonly string[] | undefined
  readonly loadBalancer: boolean
  /** With one, browsers come by HTTPS alone. */
  readonly domain?: string | undefined
}

/** Each lets in only the one before it, by its id. */
export function groupsOf({ scope, allowedCidrs: given, domain, ...wish }: GroupsWish, main: ReturnType<typeof vpc>) {
  const group = (wish: Omit<Parameters<typeof securityGroup>[0], "scope" | "vpc">) =>
    securityGroup({ scope, vpc: main, ...wish })
  const loadBalancer = wish.loadBalancer
    ? group({
        name: "load-balancer",
        description: "Web and API of both systems from the allowed addresses",
        ports: domain === undefined ? systems : web,
        fromRanges: [allowedCidrs({ scope, given }), visitors({ scope })],
        reachesOut: true,
      })
    : undefined
  const app = group({
    name: "app",
    description: "Web and API of both systems from the load balancer",
    ports: systems,
    fromGroups: loadBalancer ? [loadBalancer] : [],
    reachesOut: true,
  })
  const database = group({
    name: "database",
    description: "PostgreSQL from the node",
    ports: [[5432, 5432]],
    fromGroups: [app],
    reachesOut: false,
  })
  const cache = group({
    name: "cache",
    description: "Valkey or Redis from the node",
    ports: [[6379, 6379]],
    fromGroups: [app],
    reachesOut: false,
  })
  return { loadBalancer, app, database, cache }
}

/** The frontends, and the backends. */
const systems = [
  [3000, 3001],
  [8000, 8001],
] as const

/** The lower one only leads to the other. */
const web = [
  [80, 80],
  [443, 443],
] as const
