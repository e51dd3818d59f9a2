import {
  type CostAllocationTagStatus,
  ListCostAllocationTagsCommand,
  UpdateCostAllocationTagsStatusCommand,
  type UpdateCostAllocationTagsStatusError,
} from "@aws-sdk/client-cost-explorer"
import { onAnything } from "../aws/allow.ts"
import type { Cloud } from "../aws/cloud.ts"
import { type CloudKind, step } from "../aws/step.ts"
import { tagKeys } from "../aws/tags.ts"
import type { Scope } from "../engine/types.ts"
import { UserError } from "../errors.ts"

/** The tags by which AWS splits the bill. */
export interface CostTags {
  /** Those that AWS has seen on something that costs. */
  readonly seen: readonly string[]
  /** Those of them that the bill is not split by. */
  readonly inactive: readonly string[]
}

export const costTags = ({ scope }: { readonly scope: Scope }) =>
  step({
    kind: costTagsKind,
    name: "main",
    scope,
    needs: {},
    spec: { inactive: [] },
    async read(ctx) {
      const live = await tagsOf(ctx)
      const unseen = ours.filter((key) => !live.seen.includes(key))
      if (unseen.length === 0) return { live, owner: "ours", phase: "ready" }
      const tags = unseen.length > 1 ? `tags ${unseen.join(" and ")}` : `tag ${unseen.join()}`
      const waitsFor = `AWS to see the ${tags} on a bill, about a day after the first thing is tagged`
      return { live, owner: "ours", phase: "pending", waitsFor }
    },
    update: (ctx, { inactive }) => put(ctx, inactive, "Active"),
    restore: (ctx, { seen }, former) =>
      // What AWS had not seen before was not active.
      put(
        ctx,
        seen.filter((key) => former.inactive.includes(key) || !former.seen.includes(key)),
        "Inactive",
      ),
  })

const ours = [tagKeys.environment, tagKeys.step].toSorted()

export const costTagsKind: CloudKind<CostTags> = {
  name: "cost-tags",
  unique: "name",
  fixed: [],
  // Those that it knows are told at once, whatever the others still wait for.
  resumes: ["inactive"],
  blank: { seen: [], inactive: [] },
  allow: [onAnything("ce:ListCostAllocationTags", "ce:UpdateCostAllocationTagsStatus")],
  usually: { create: 1, update: 2 },
}

async function tagsOf({ costs }: Cloud): Promise<CostTags> {
  const { CostAllocationTags = [] } = await costs.send(new ListCostAllocationTagsCommand({ TagKeys: [...ours] }))
  const found = CostAllocationTags.toSorted((a, b) => ((a.TagKey ?? "") < (b.TagKey ?? "") ? -1 : 1))
  return {
    seen: found.map(({ TagKey = "" }) => TagKey),
    inactive: found.flatMap(({ TagKey = "", Status }) => (Status === "Active" ? [] : [TagKey])),
  }
}

async function put({ costs }: Cloud, keys: readonly string[], Status: CostAllocationTagStatus): Promise<void> {
  if (keys.length === 0) return
  const CostAllocationTagsStatus = keys.map((TagKey) => ({ TagKey, Status }))
  const { Errors = [] } = await costs.send(new UpdateCostAllocationTagsStatusCommand({ CostAllocationTagsStatus }))
  if (Errors.length === 0) return
  // It answers with 200 whatever becomes of each.
  throw new UserError(`AWS does not split the bill by ${Errors.map(told).join("; ")}`, {
    hint: "run the same command again later, or leave it out with --without cost-tags",
  })
}

const told = ({ TagKey, Code, Message }: UpdateCostAllocationTagsStatusError) => `${TagKey}: ${Message ?? Code}`
