import type { SendCommandCommandInput, Target } from "@aws-sdk/client-ssm"
import { type Call, Refusal } from "../../../service.ts"
import { instances } from "../../ec2/records/compute.ts"
import { live } from "../../ec2/rules/kind.ts"
import { tagsOf } from "../../ec2/rules/tags.ts"
import { notServed } from "../../unserved.ts"
import { isOnline } from "../agents.ts"

/** The instances that are named; or those with the tag, of which whoever does not speak is left out. */
export const targetsOf = (
  call: Call,
  { InstanceIds = [], Targets = [] }: Pick<SendCommandCommandInput, "InstanceIds" | "Targets">,
): readonly string[] => {
  if (Targets.length === 0) return named(call, InstanceIds)
  if (InstanceIds.length > 0) throw notServed("InstanceIds beside Targets of SendCommand")
  const other = Targets.find(({ Key }) => !Key?.startsWith("tag:"))
  if (other) throw notServed(`the key ${other.Key} of Targets`)
  const ids = live(call, instances).map(({ id }) => id)
  return ids.filter((id) => isOnline(call, id) && Targets.every((target) => hasTag(call, id, target)))
}

const named = (call: Call, ids: readonly string[]): readonly string[] => {
  if (ids.length === 0) throw new Refusal("InvalidInstanceId", "No instance is named: give InstanceIds or Targets.")
  const away = checkedIds(ids).find((id) => !isOnline(call, id))
  if (away !== undefined) throw notValid(call, away)
  return ids
}

const hasTag = (call: Call, id: string, { Key, Values = [] }: Target): boolean =>
  tagsOf(call, id).some((tag) => `tag:${tag.Key}` === Key && Values.includes(tag.Value ?? ""))

/** Said of one that does not exist, one without an agent, and one that is stopped alike. */
export const notValid = ({ account }: Call, id: string): Refusal =>
  new Refusal("InvalidInstanceId", `Instances [[${id}]] not in a valid state for account ${account}`)

export const checkedIds = (ids: readonly string[]): readonly string[] => {
  const twice = ids.find((id, i) => ids.indexOf(id) < i)
  if (twice !== undefined) throw new Refusal("DuplicateInstanceId", `Instance ${twice} is named twice.`)
  return ids
}
