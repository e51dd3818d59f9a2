import type * as CloudTrail from "@aws-sdk/client-cloudtrail"
import { handlers, Refusal } from "../../service.ts"
import { ownTrail, type TrailRecord, trailOf, trails } from "./records.ts"

export const selectorHandlers = handlers<typeof CloudTrail>()({
  PutEventSelectors: (input, call) => {
    const { advanced: _former, ...trail } = ownTrail(call, input.TrailName)
    const { EventSelectors: basic, AdvancedEventSelectors: advanced } = input
    if ((basic?.length ?? 0) > 0 === (advanced?.length ?? 0) > 0)
      throw invalid("Use either EventSelectors or AdvancedEventSelectors, and not both.")
    if ((basic ?? []).length > MOST) throw invalid(`A trail can have at most ${MOST} event selectors.`)
    for (const { FieldSelectors } of advanced ?? [])
      if (!FieldSelectors?.some(({ Field }) => Field === "eventCategory"))
        throw invalid("Each advanced event selector must name an eventCategory.")
    const selectors = (basic ?? []).map((one) => ({
      ReadWriteType: one.ReadWriteType ?? "All",
      IncludeManagementEvents: one.IncludeManagementEvents ?? true,
      DataResources: one.DataResources ?? [],
      ExcludeManagementEventSources: one.ExcludeManagementEventSources ?? [],
    }))
    const next = advanced ? { ...trail, selectors: [], advanced: JSON.stringify(advanced) } : { ...trail, selectors }
    trails(call).put(trail.arn, next)
    return view(next)
  },

  GetEventSelectors: (input, call) => view(trailOf(call, input.TrailName)),
})

const MOST = 5

const view = ({ arn, selectors, advanced }: TrailRecord) => ({
  TrailARN: arn,
  ...(advanced === undefined
    ? { EventSelectors: [...selectors] }
    : // What was put was checked then.
      { AdvancedEventSelectors: JSON.parse(advanced) as CloudTrail.AdvancedEventSelector[] }),
})

const invalid = (message: string): Refusal => new Refusal("InvalidEventSelectorsException", message)
