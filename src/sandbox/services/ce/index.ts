import type * as Costs from "@aws-sdk/client-cost-explorer"
import {
  InvalidNextTokenException$,
  ListCostAllocationTags$,
  UpdateCostAllocationTagsStatus$,
} from "@aws-sdk/client-cost-explorer"
import { type Call, handlers, Refusal, type Service } from "../../service.ts"
import type { Table } from "../../store.ts"
import { pageByName } from "../pages.ts"
import { refuseUnserved } from "../unserved.ts"
import { seenTags } from "./seen.ts"

interface TagRecord {
  readonly status: "Active" | "Inactive"
  readonly changed: number
}

const tagHandlers = handlers<typeof Costs>()({
  ListCostAllocationTags: (input, call) => {
    refuseUnserved(input, ["Type"])
    refuseLinked(call, "list Cost Allocation Tags")
    const { Status, TagKeys } = input
    const wanted = tagsOf(call).filter(
      (tag) => (TagKeys?.includes(tag.TagKey) ?? true) && (Status === undefined || tag.Status === Status),
    )
    const refuse = () => new Refusal("InvalidNextTokenException", "The pagination token is invalid.")
    const wish = { size: input.MaxResults ?? 100, token: input.NextToken, refuse }
    const { items, next } = pageByName(wanted, ({ TagKey }) => TagKey, wish)
    return { CostAllocationTags: [...items], ...(next !== undefined && { NextToken: next }) }
  },

  UpdateCostAllocationTagsStatus: (input, call) => {
    refuseLinked(call, "update Cost Allocation Tag")
    const known = new Set(tagsOf(call).map(({ TagKey }) => TagKey))
    const asked = input.CostAllocationTagsStatus ?? []
    const Errors = asked.flatMap(({ TagKey = "", Status = "Inactive" }) => {
      if (!known.has(TagKey)) return [{ TagKey, Code: "NotFound", Message: "Tag keys not found." }]
      statuses(call).put(TagKey, { status: Status, changed: call.now })
      return []
    })
    return { Errors }
  },
})

/** Which tags a bill is split by. */
export const costExplorer: Service = {
  signingName: "ce",
  schemas: { InvalidNextTokenException$, ListCostAllocationTags$, UpdateCostAllocationTagsStatus$ },
  handlers: tagHandlers,
  reads: /^(Get|List)/,
  limits: [[/^/, 5, 5]],
}

/** Only the account that pays for an organization may; the others are refused in the words of a missing permission. */
const refuseLinked = (call: Call, what: string): void => {
  if (!call.fault("linked-account")) return
  const why = "Linked account doesn't have access to cost allocation tags."
  throw new Refusal("AccessDeniedException", `Failed to ${what}: ${why}`)
}

/** AWS lists what it has seen on a bill, active or not, and nothing else. */
const tagsOf = (call: Call) =>
  seenTags(call).map((TagKey) => {
    const { status = "Inactive" as const, changed } = statuses(call).get(TagKey) ?? {}
    const at = changed === undefined ? {} : { LastUpdatedDate: new Date(changed).toISOString() }
    return { TagKey, Type: "UserDefined" as const, Status: status, ...at }
  })

const statuses = (call: Call): Table<TagRecord> => call.store.table("ce/tag")
