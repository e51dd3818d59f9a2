import type * as ec2 from "@aws-sdk/client-ec2"
import { handlers, Refusal } from "../../service.ts"
import { regions, type Zone, zonesOf } from "./catalog.ts"
import { type Fields, matching } from "./rules/filter.ts"
import { invalidValue } from "./rules/refusals.ts"

export const zoneHandlers = handlers<typeof ec2>()({
  DescribeAvailabilityZones(input, call) {
    const all = zonesOf(call.region)
    const { ZoneNames: names = [], ZoneIds: ids = [] } = input
    const lost = [
      ...names.filter((n) => !all.some((z) => z.name === n)),
      ...ids.filter((i) => !all.some((z) => z.id === i)),
    ]
    if (lost.length) throw new Refusal("InvalidParameterValue", `Invalid availability zones: [${lost.join(", ")}]`)
    const named = all.filter((zone) => {
      if (names.length + ids.length === 0) return true
      return names.includes(zone.name) || ids.includes(zone.id)
    })
    return {
      AvailabilityZones: matching(call, named, input.Filters, zoneFields).map((zone) => ({
        ZoneName: zone.name,
        ZoneId: zone.id,
        ZoneType: "availability-zone",
        RegionName: call.region,
        GroupName: `${call.region}-zg-1`,
        NetworkBorderGroup: call.region,
        OptInStatus: "opt-in-not-required",
        State: "available",
        Messages: [],
      })),
    }
  },

  DescribeRegions(input, call) {
    const names = input.RegionNames ?? []
    const lost = names.find((name) => !regions.includes(name))
    if (lost) throw invalidValue(lost, "regionNames", `The sandbox knows ${regions.join(", ")}.`)
    const named = regions.filter((name) => names.length === 0 || names.includes(name)).map((name) => ({ name }))
    return {
      Regions: matching(call, named, input.Filters, regionFields).map(({ name }) => ({
        RegionName: name,
        Endpoint: endpoint(name),
        OptInStatus: "opt-in-not-required",
      })),
    }
  },
})

const zoneFields: Fields<Zone> = {
  "group-name": (_zone, call) => `${call.region}-zg-1`,
  "opt-in-status": () => "opt-in-not-required",
  "region-name": (_zone, call) => call.region,
  state: () => "available",
  "zone-id": (zone) => zone.id,
  "zone-name": (zone) => zone.name,
  "zone-type": () => "availability-zone",
}

const regionFields: Fields<{ readonly name: string }> = {
  endpoint: ({ name }) => endpoint(name),
  "opt-in-status": () => "opt-in-not-required",
  "region-name": ({ name }) => name,
}

/** What AWS answers, though nothing in the sandbox goes there. */
const endpoint = (region: string): string => `ec2.${region}.amazonaws.com`
