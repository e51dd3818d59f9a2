import { type HostedZone, paginateListHostedZones } from "@aws-sdk/client-route-53"
import { paginateGetParametersByPath } from "@aws-sdk/client-ssm"
import type { Scope } from "../../engine/types.ts"
import type { Cloud } from "../cloud.ts"
import { parameterName } from "../names.ts"
import { everyItem } from "../pages.ts"

/** In place of a zone's id, where no zone of this account has the domain's names. */
export const elsewhere = "elsewhere"

/** The account's zone that a domain's names belong into: the closest of those that the world can see. */
export async function pickZone(ctx: Cloud, domain: string): Promise<string> {
  const zones = await everyItem(paginateListHostedZones({ client: ctx.route53 }, {}), (page) => page.HostedZones)
  const [closest] = zones
    .filter((zone) => !zone.Config?.PrivateZone && isWithin(domain, nameOf(zone)))
    .toSorted((a, b) => nameOf(b).length - nameOf(a).length)
  return closest ? (closest.Id ?? "").replace("/hostedzone/", "") : elsewhere
}

/** The choice that says which zone is a domain's. */
export const zoneChoice = (domain: string): string => `zone-${domain}`

export interface ChosenZone {
  readonly scope: Scope
  readonly domain: string
  readonly zone: string
}

/** The zones of this account that things of these scopes have names in. */
export async function chosenZones(ctx: Cloud, scopes: readonly Scope[]): Promise<readonly ChosenZone[]> {
  const lists = await Promise.all(
    scopes.map(async (scope) => {
      const Path = parameterName(scope, "choices")
      const pages = paginateGetParametersByPath({ client: ctx.ssm }, { Path })
      const parameters = await everyItem(pages, (page) => page.Parameters)
      return parameters.map(({ Name = "", Value = "" }) => ({ scope, name: Name.slice(Path.length + 1), zone: Value }))
    }),
  )
  const prefix = zoneChoice("")
  return lists.flat().flatMap(({ scope, name, zone }) => {
    if (!name.startsWith(prefix) || zone === elsewhere) return []
    return [{ scope, domain: name.slice(prefix.length), zone }]
  })
}

const nameOf = ({ Name = "" }: HostedZone) => Name.replace(/\.$/, "").toLowerCase()

const isWithin = (domain: string, zone: string) => domain === zone || domain.endsWith(`.${zone}`)
