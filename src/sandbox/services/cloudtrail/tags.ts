import type * as CloudTrail from "@aws-sdk/client-cloudtrail"
import { type Call, handlers, Refusal } from "../../service.ts"
import { type Tag, tagsOver, wholeTags } from "../tags.ts"
import { refuseUnserved } from "../unserved.ts"
import { type TrailRecord, trails } from "./records.ts"

export const tagHandlers = handlers<typeof CloudTrail>()({
  AddTags: (input, call) => {
    const trail = taggedOf(call, input.ResourceId)
    trails(call).put(trail.arn, { ...trail, Tags: withTags(trail.Tags, input.TagsList) })
    return {}
  },

  RemoveTags: (input, call) => {
    const trail = taggedOf(call, input.ResourceId)
    const gone = wholeTags(input.TagsList).map(({ Key }) => Key)
    trails(call).put(trail.arn, { ...trail, Tags: trail.Tags.filter(({ Key }) => !gone.includes(Key)) })
    return {}
  },

  ListTags: (input, call) => {
    refuseUnserved(input, ["NextToken"])
    const trailed = (input.ResourceIdList ?? []).map((id) => taggedOf(call, id))
    return { ResourceTagList: trailed.map(({ arn, Tags }) => ({ ResourceId: arn, TagsList: [...Tags] })) }
  },
})

export const withTags = (present: readonly Tag[], asked: Parameters<typeof wholeTags>[0]): readonly Tag[] => {
  const added = wholeTags(asked)
  if (added.some(({ Key }) => /^aws:/i.test(Key)))
    throw new Refusal("InvalidTagParameterException", "Tag keys must not begin with aws:")
  const tags = tagsOver(present, added)
  if (tags.length > MOST) throw new Refusal("TagsLimitExceededException", `A resource can have at most ${MOST} tags.`)
  return tags
}

const MOST = 50

const taggedOf = (call: Call, arn = ""): TrailRecord => {
  if (!/^arn:[\w-]+:cloudtrail:[\w-]+:\d{12}:trail\/.+$/.test(arn))
    throw new Refusal("CloudTrailARNInvalidException", `The ARN ${arn} is not one of a trail.`)
  const trail = trails(call).get(arn)
  // Tags are known only where the trail was made, and to its own account.
  if (!trail || trail.home !== call.region || (trail.organization ?? call.account) !== call.account)
    throw new Refusal("ResourceNotFoundException", `Resource ${arn} was not found.`)
  return trail
}
