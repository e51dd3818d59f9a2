import type * as elb from "@aws-sdk/client-elastic-load-balancing-v2"
import { type Call, handlers, Refusal } from "../../service.ts"
import type { Table } from "../../store.ts"
import { given } from "../given.ts"
import { type Tag, tagsOver, wholeTags } from "../tags.ts"
import {
  listenerOf,
  listeners,
  loadBalancerOf,
  loadBalancers,
  ruleOf,
  rules,
  targetGroupOf,
  targetGroups,
} from "./records.ts"

export const tagHandlers = handlers<typeof elb>()({
  AddTags(input, call) {
    for (const arn of arnsOf(input)) change(call, arn, (tags) => withTags(tags, input.Tags))
    return {}
  },

  RemoveTags(input, call) {
    const gone = new Set(given(input.TagKeys, "tagKeys"))
    for (const arn of arnsOf(input)) change(call, arn, (tags) => tags.filter(({ Key }) => !gone.has(Key)))
    return {}
  },

  DescribeTags(input, call) {
    const arns = arnsOf(input)
    if (arns.length > 20) throw new Refusal("ValidationError", "Cannot have more than 20 resources described")
    return { TagDescriptions: arns.map((arn) => ({ ResourceArn: arn, Tags: [...find(call, arn).tags] })) }
  },
})

/** `added` laid over `present`, by AWS's rules for tags. */
export const withTags = (present: readonly Tag[], added: readonly elb.Tag[] | undefined): readonly Tag[] => {
  const whole = wholeTags((added ?? []).map(({ Key, Value }) => ({ Key, Value })))
  if (new Set(whole.map(({ Key }) => Key)).size < whole.length) {
    throw new Refusal("DuplicateTagKeysException", "A tag key was specified more than once")
  }
  const system = whole.find(({ Key }) => /^aws:/i.test(Key))
  if (system) throw new Refusal("ValidationError", `Tag key '${system.Key}' is invalid: aws: is reserved`)
  const tags = tagsOver(present, whole)
  if (tags.length > 50) throw new Refusal("TooManyTagsException", "The maximum number of tags has been reached")
  return tags
}

const arnsOf = (input: { readonly ResourceArns?: string[] | undefined }) => given(input.ResourceArns, "resourceArns")

const find = (call: Call, arn: string) => {
  const resource = arn.split(":")[5] ?? ""
  if (resource.startsWith("targetgroup/")) return targetGroupOf(call, arn)
  if (resource.startsWith("listener-rule/")) return ruleOf(call, arn)
  return resource.startsWith("listener/") ? listenerOf(call, arn) : loadBalancerOf(call, arn)
}

const change = (call: Call, arn: string, to: (tags: readonly Tag[]) => readonly Tag[]): void => {
  const { tags } = find(call, arn)
  for (const table of [loadBalancers, targetGroups, listeners, rules]) {
    // Each table holds its own type; its records differ in nothing that matters here.
    const rows = table(call) as Table<ReturnType<typeof find>>
    const record = rows.get(arn)
    if (record) rows.put(arn, { ...record, tags: to(tags) })
  }
}
