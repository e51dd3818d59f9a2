import type * as ec2 from "@aws-sdk/client-ec2"
import { type Call, handlers, Refusal } from "../../service.ts"
import { kindOf, tagged } from "./kinds.ts"
import { type Fields, matching } from "./rules/filter.ts"
import { find } from "./rules/kind.ts"
import { page } from "./rules/page.ts"
import { addTags, dropTags, tagsOf } from "./rules/tags.ts"

export const tagHandlers = handlers<typeof ec2>()({
  CreateTags(input, call) {
    const resources = known(call, input.Resources)
    if (!input.Tags?.length) throw new Refusal("MissingParameter", "The request must contain the parameter TagSet")
    for (const { id, type } of resources) addTags(call, type, id, input.Tags)
    return {}
  },

  /** Without tags it takes all of them away; a tag with a value goes only if it has that value. */
  DeleteTags(input, call) {
    for (const { id, type } of known(call, input.Resources)) {
      const doomed = input.Tags ?? []
      const kept = tagsOf(call, id).filter((tag) => doomed.length > 0 && !doomed.some((one) => names(one, tag)))
      dropTags(call, id)
      addTags(call, type, id, kept)
    }
    return {}
  },

  DescribeTags(input, call) {
    const { items, NextToken } = page(matching(call, tagged(call), input.Filters, fields(input.Filters)), input)
    return { Tags: items.map((tag) => ({ ...tag })), NextToken }
  },
})

const known = (call: Call, ids: readonly string[] | undefined) => {
  if (!ids?.length) throw new Refusal("MissingParameter", "The request must contain the parameter resourceIdSet")
  return ids.map((id) => {
    const kind = kindOf(id)
    if (!kind) throw new Refusal("InvalidID", `The ID '${id}' is not valid`)
    find(call, kind, id)
    return { id, type: kind.type }
  })
}

const names = (wanted: ec2.Tag, tag: { readonly Key: string; readonly Value: string }): boolean =>
  wanted.Key === tag.Key && (wanted.Value === undefined || wanted.Value === tag.Value)

const fields = (filters: readonly ec2.Filter[] | undefined): Fields<ec2.TagDescription> => ({
  key: (tag) => tag.Key,
  value: (tag) => tag.Value,
  "resource-id": (tag) => tag.ResourceId,
  "resource-type": (tag) => tag.ResourceType,
  ...Object.fromEntries(
    (filters ?? [])
      .filter((filter) => filter.Name?.startsWith("tag:"))
      .map(({ Name = "" }) => [Name, (tag: ec2.TagDescription) => (`tag:${tag.Key}` === Name ? tag.Value : undefined)]),
  ),
})
