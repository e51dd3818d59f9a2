import { Option } from "@commander-js/extra-typings"
import { Usage } from "../errors.ts"
import type { PlanOptions } from "./planning.ts"

/** What a deploy does only when it is asked to; a plan with the same options shows it. */
export interface RequestFlags {
  readonly prune?: true
  readonly renew?: readonly string[]
  readonly adopt?: readonly string[]
  readonly replace?: readonly string[] | false
}

export const requestOptions: readonly Option[] = [
  new Option("--prune", "also remove what is ours and no longer wanted"),
  new Option("--renew <step>", "choose anew what was chosen once, such as choice/image").argParser(collect),
  new Option("--adopt <step>", "use something of that name as it stands, though we did not make it").argParser(collect),
  new Option("--replace <step>", "let a thing that holds data be made anew").argParser(collect),
]

export function requestsOf({ prune, renew, adopt, replace }: RequestFlags): PlanOptions {
  return { prune: prune ?? false, renew: new Set(renew), adopt: new Set(adopt), replace: new Set(replace || []) }
}

function collect(step: string, before: readonly string[] | false | undefined): readonly string[] {
  if (before === false) throw new Usage(`--replace ${step} after --no-replace`, { hint: "give only one of them" })
  return [...(before ?? []), step]
}
