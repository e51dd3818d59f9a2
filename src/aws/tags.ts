import type { Filter, ResourceType, TagSpecification } from "@aws-sdk/client-ec2"
import type { Birth, Scope } from "../engine/types.ts"
import { nameFor } from "./names.ts"

/** A tag as we set it; what AWS answers may lack either part. */
export interface Tag {
  readonly Key: string
  readonly Value: string
}

export const tagKeys = {
  scope: "smart0dte:scope",
  step: "smart0dte:step",
  environment: "smart0dte:environment",
  adopted: "smart0dte:adopted",
} as const

/** Who a thing is, in tags: set in the very call that makes it, so that nothing of ours is ever without. */
function identityTags({ scope, key }: Pick<Birth, "scope" | "key">): Tag[] {
  return [
    { Key: tagKeys.scope, Value: scope },
    { Key: tagKeys.step, Value: key },
    { Key: tagKeys.environment, Value: scope },
  ]
}

/** The identity, and the name that consoles show. */
export function birthTags(birth: Pick<Birth, "scope" | "key">): Tag[] {
  return [...identityTags(birth), { Key: "Name", Value: nameFor(birth.scope, parsed(birth.key).name, 128) }]
}

export function adoptionTags(birth: Pick<Birth, "scope" | "key">): Tag[] {
  return [...identityTags(birth), { Key: tagKeys.adopted, Value: "true" }]
}

/** Tags for the services that take them as a map. */
export const tagMap = (tags: readonly Tag[]): Record<string, string> =>
  Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]))

export const tagsOfMap = (tags: Readonly<Record<string, string>> = {}): Tag[] =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))

export function tagSpecification(
  birth: Pick<Birth, "scope" | "key">,
  resourceType: ResourceType,
  more: readonly Tag[] = [],
): TagSpecification {
  return { ResourceType: resourceType, Tags: [...birthTags(birth), ...more] }
}

/** For EC2's Describe calls: all that is ours in these scopes. */
export function scopeFilter(scopes: readonly Scope[]): Filter {
  return { Name: `tag:${tagKeys.scope}`, Values: [...scopes] }
}

export interface Identity {
  readonly scope: Scope
  readonly kind: string
  readonly name: string
  readonly adopted: boolean
}

interface FoundTag {
  readonly Key?: string | undefined
  readonly Value?: string | undefined
}

/** Nothing for a thing that is not ours. */
export function identityOf(tags: readonly FoundTag[] | undefined): Identity | undefined {
  const value = (key: string) => tags?.find((tag) => tag.Key === key)?.Value
  const scope = value(tagKeys.scope)
  const step = value(tagKeys.step)
  if (!scope || !step?.includes("/")) return undefined
  return { scope, ...parsed(step), adopted: value(tagKeys.adopted) === "true" }
}

/** A step's name may have slashes of its own; its kind's has none. */
function parsed(key: string): { kind: string; name: string } {
  const slash = key.indexOf("/")
  return { kind: key.slice(0, slash), name: key.slice(slash + 1) }
}
