import type { Place } from "../aws/cloud.ts"
import type { Policy } from "../aws/iam/policy.ts"
import people from "../templates/policies/people.json" with { type: "json" }
import { render } from "../templates/render.ts"

/** What every person may: keep his own password, keys and second factor; and without that one, nothing else. */
export const peoplePolicy = ({ account, partition }: Place): Policy => render<Policy>(people, { account, partition })
