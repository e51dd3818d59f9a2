import {
  type AdvancedEventSelector,
  type EventSelector,
  GetEventSelectorsCommand,
  PutEventSelectorsCommand,
} from "@aws-sdk/client-cloudtrail"
import type { Cloud } from "../cloud.ts"

/** Which events a trail writes, in one of two languages. */
export interface Selectors {
  readonly basic: readonly EventSelector[]
  readonly advanced: readonly AdvancedEventSelector[]
}

export async function selectorsOf(ctx: Cloud, TrailName: string): Promise<Selectors> {
  const answer = await ctx.cloudtrail.send(new GetEventSelectorsCommand({ TrailName }))
  return { basic: answer.EventSelectors ?? [], advanced: answer.AdvancedEventSelectors ?? [] }
}

export async function putSelectors(ctx: Cloud, TrailName: string, { basic, advanced }: Selectors): Promise<void> {
  const events = advanced.length > 0 ? { AdvancedEventSelectors: [...advanced] } : { EventSelectors: [...basic] }
  await ctx.cloudtrail.send(new PutEventSelectorsCommand({ TrailName, ...events }))
}

/** Whether nothing is left out of what is done to the account itself. */
export const managementIn = ({ basic, advanced }: Selectors): "all" | "some" =>
  basic.some(isWhole) || advanced.some((one) => isManagement(one) && one.FieldSelectors?.length === 1) ? "all" : "some"

/** The same with all management events; what it writes of data stays. */
export const withManagement = ({ basic, advanced }: Selectors): Selectors =>
  advanced.length > 0
    ? { basic: [], advanced: [everything, ...advanced.filter((one) => !isManagement(one))] }
    : {
        advanced: [],
        basic: [
          { ReadWriteType: "All", IncludeManagementEvents: true },
          ...basic
            .filter(({ DataResources = [] }) => DataResources.length > 0)
            .map(({ ReadWriteType, DataResources }) => ({
              ReadWriteType,
              DataResources,
              IncludeManagementEvents: false,
            })),
        ],
      }

const isWhole = ({ ReadWriteType, IncludeManagementEvents, ExcludeManagementEventSources = [] }: EventSelector) =>
  ReadWriteType === "All" && IncludeManagementEvents === true && ExcludeManagementEventSources.length === 0

const isManagement = ({ FieldSelectors = [] }: AdvancedEventSelector) =>
  FieldSelectors.some(({ Field, Equals = [] }) => Field === "eventCategory" && Equals.includes("Management"))

const everything: AdvancedEventSelector = {
  Name: "Management events",
  FieldSelectors: [{ Field: "eventCategory", Equals: ["Management"] }],
}
