import type * as CloudWatch from "@aws-sdk/client-cloudwatch"
import { type Call, handlers, Refusal } from "../../service.ts"
import { type Tag, tagsOver, wholeTags } from "../tags.ts"
import { alarmArn, alarms, badValue, dashboardArn, dashboards } from "./records.ts"

export const tagHandlers = handlers<typeof CloudWatch>()({
  TagResource: (input, call) => {
    const { Tags, keep } = taggedOf(call, input.ResourceARN)
    keep(withTags(Tags, wholeTags(input.Tags)))
    return {}
  },

  UntagResource: (input, call) => {
    const { Tags, keep } = taggedOf(call, input.ResourceARN)
    keep(Tags.filter(({ Key }) => !input.TagKeys?.includes(Key)))
    return {}
  },

  ListTagsForResource: (input, call) => ({ Tags: [...taggedOf(call, input.ResourceARN).Tags] }),
})

export const withTags = (present: readonly Tag[], added: readonly Tag[]): readonly Tag[] => {
  if (added.some(({ Key }) => /^aws:/i.test(Key))) throw badValue("Tag keys must not begin with aws:")
  const tags = tagsOver(present, added)
  if (tags.length > MOST) throw badValue(`A resource can have at most ${MOST} tags`)
  return tags
}

const MOST = 50

interface Tagged {
  readonly Tags: readonly Tag[]
  keep(tags: readonly Tag[]): void
}

const taggedOf = (call: Call, arn = ""): Tagged => {
  const alarm = alarms(call)
    .all()
    .find(({ name }) => alarmArn(call, name) === arn)
  if (alarm) return { Tags: alarm.Tags, keep: (Tags) => alarms(call).put(alarm.name, { ...alarm, Tags }) }
  const board = dashboards(call)
    .all()
    .find(({ name }) => dashboardArn(call, name) === arn)
  if (board) return { Tags: board.Tags, keep: (Tags) => dashboards(call).put(board.name, { ...board, Tags }) }
  throw new Refusal("ResourceNotFoundException", `The resource ${arn} does not exist`)
}
