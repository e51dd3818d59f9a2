import { type Call, Refusal } from "../../service.ts"
import { notServed } from "../unserved.ts"
import { checkName } from "./names.ts"
import { published } from "./published.ts"
import { arnOf, notFound, type ParameterRecord, parameters } from "./records.ts"

export interface Found {
  readonly record: ParameterRecord
  /** `:3` where that version was asked for. */
  readonly Selector?: string
}

/** A parameter by its name or ARN, with a version or a label behind a colon where one is meant. */
export const lookUp = (call: Call, asked: string): Found => {
  const [, name = asked, Selector] = /^((?:arn:[^/]*:parameter\/)?[^:]*)(:[^:]*)?$/.exec(asked) ?? []
  const record = recordAt(call, name)
  if (!record) throw notFound(asked)
  if (Selector === undefined) return { record }
  const version = Number(Selector.slice(1))
  if (version === record.Version) return { record, Selector }
  if (version > 0 && version < record.Version) throw notServed(`${asked}: former versions of a parameter are not kept`)
  const message = `Systems Manager could not find version ${Selector.slice(1)} of ${name}. Verify the version and try again.`
  throw new Refusal("ParameterVersionNotFound", message)
}

/** An ARN tells `/name` and `name` apart as little as AWS's own do. */
const recordAt = (call: Call, name: string): ParameterRecord | undefined => {
  const all = () => [...parameters(call).all(), ...published()]
  if (name.startsWith("arn:")) return all().find(({ Name }) => arnOf(call, Name) === name)
  checkName(name)
  return parameters(call).get(name) ?? published().find(({ Name }) => Name === name)
}
