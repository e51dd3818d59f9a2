import { GetServiceQuotaCommand } from "@aws-sdk/client-service-quotas"
import type { PlanRow } from "../../engine/plan.ts"
import { UserError } from "../../errors.ts"
import type { Cloud } from "../cloud.ts"
import * as uses from "./uses.ts"

/** How a quota stands against what a plan needs; without a figure where it could not be read. */
export interface QuotaSeen {
  readonly what: string
  readonly needs: number
  readonly service: string
  readonly code: string
  readonly seen: { readonly value: number; readonly used: number } | { readonly unknown: string }
}

/** Every quota that what the plan makes counts against. */
export async function quotasFor(ctx: Cloud, rows: readonly PlanRow[]): Promise<readonly QuotaSeen[]> {
  const begun = rows.filter(({ action }) => action === "create" || action === "replace" || action === "update")
  const all = await Promise.all(
    quotas.map(async ({ what, service, code, needs, used }): Promise<QuotaSeen | undefined> => {
      try {
        const wanted = await needs(ctx, begun)
        if (wanted === 0) return undefined
        const [value, there] = await Promise.all([appliedValue(ctx, service, code), used(ctx)])
        return { what, needs: wanted, service, code, seen: { value, used: there } }
      } catch (error) {
        if (!(error instanceof UserError)) throw error
        return { what, needs: 0, service, code, seen: { unknown: error.message } }
      }
    }),
  )
  return all.filter((one) => one !== undefined)
}

export const isEnough = ({ needs, seen }: QuotaSeen): boolean => !("value" in seen) || seen.used + needs <= seen.value

interface Quota {
  readonly what: string
  readonly service: string
  readonly code: string
  /** Of what is made or changed. */
  needs(ctx: Cloud, begun: readonly PlanRow[]): Promise<number>
  used(ctx: Cloud): Promise<number>
}

/** One that takes another's place stands beside it for a while. */
const made = (kind: string, begun: readonly PlanRow[]): readonly PlanRow[] =>
  begun.filter(({ action, step }) => action !== "update" && step.kind === kind)

const countOf =
  (kind: string) =>
  async (_ctx: Cloud, begun: readonly PlanRow[]): Promise<number> =>
    made(kind, begun).length

/** A machine that grows in place stops for it, and counts anew when it starts; one that shrinks makes room too late. */
async function vcpusOf(ctx: Cloud, begun: readonly PlanRow[]): Promise<number> {
  const each = await Promise.all(
    begun
      .filter(({ step }) => step.kind === "instance")
      .map(async ({ action, fields, live }) => {
        const counted = action === "update" && live?.running === true ? [String(live.instanceType)] : []
        const [next, now] = await Promise.all([
          uses.vcpusOf(ctx, [String(fields.instanceType)]),
          uses.vcpusOf(ctx, counted),
        ])
        return Math.max(0, next - now)
      }),
  )
  return each.reduce((sum, one) => sum + one, 0)
}

const gigabytesOf = async (_ctx: Cloud, begun: readonly PlanRow[]): Promise<number> =>
  begun
    .filter(({ step }) => step.kind === "database")
    .map(({ action, fields, live }) => Number(fields.storageGb) - (action === "update" ? Number(live?.storageGb) : 0))
    .reduce((sum, one) => sum + Math.max(0, one), 0)

/** Of the group that has the most: those in and those out are counted each for themselves. */
const rulesOfFullest = async (_ctx: Cloud, begun: readonly PlanRow[]): Promise<number> =>
  Math.max(
    0,
    ...begun
      .filter(({ step }) => step.kind === "security-group")
      .flatMap(({ fields: { ingress, egress } }) => [ingress, egress])
      .map((rules) => (Array.isArray(rules) ? rules.length : 0)),
  )

const quotas: readonly Quota[] = [
  {
    what: "vCPUs of running machines",
    service: "ec2",
    code: "L-1216C47A",
    needs: vcpusOf,
    used: uses.vcpusRunning,
  },
  { what: "VPCs", service: "vpc", code: "L-F678F1CE", needs: countOf("vpc"), used: uses.vpcs },
  {
    what: "internet gateways",
    service: "vpc",
    code: "L-A4707A72",
    needs: countOf("internet-gateway"),
    used: uses.internetGateways,
  },
  { what: "security groups", service: "vpc", code: "L-E79EC296", needs: countOf("security-group"), used: uses.groups },
  {
    what: "rules of a security group",
    service: "vpc",
    code: "L-0EA8095F",
    needs: rulesOfFullest,
    // What is wished is all that the group will have.
    used: async () => 0,
  },
  { what: "elastic addresses", service: "ec2", code: "L-0263D0A3", needs: countOf("address"), used: uses.addresses },
  {
    what: "NAT gateways in a zone",
    service: "vpc",
    code: "L-FE5A380F",
    needs: countOf("nat-gateway"),
    used: uses.natGatewaysInFullestZone,
  },
  { what: "databases", service: "rds", code: "L-7B6409FD", needs: countOf("database"), used: uses.databases },
  {
    what: "GB of databases' storage",
    service: "rds",
    code: "L-7ADDB58A",
    needs: gigabytesOf,
    used: uses.gigabytesOfDatabases,
  },
  {
    what: "cache nodes",
    service: "elasticache",
    code: "L-DFE45DF3",
    needs: countOf("cache"),
    used: uses.cacheNodes,
  },
  {
    what: "load balancers",
    service: "elasticloadbalancing",
    code: "L-53DA6B97",
    needs: countOf("load-balancer"),
    used: uses.loadBalancers,
  },
]

async function appliedValue(ctx: Cloud, ServiceCode: string, QuotaCode: string): Promise<number> {
  const { Quota } = await ctx.quotas.send(new GetServiceQuotaCommand({ ServiceCode, QuotaCode }))
  if (Quota?.Value !== undefined) return Quota.Value
  throw new UserError(`AWS gives no figure for ${ServiceCode} ${QuotaCode}`)
}
