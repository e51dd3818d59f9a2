import type { Call } from "../service.ts"
import type { Fields } from "../services/policy-document.ts"
import type { Tag } from "../services/tags.ts"
import type { Context } from "./conditions.ts"
import type { Wanted } from "./evaluate.ts"

/** A request, as far as what it may needs. */
export interface Ask {
  readonly call: Call
  readonly operation: string
  readonly input: Fields
  /** The prefix of actions and ARNs, such as `ec2`. */
  readonly service: string
}

/** What an operation must be allowed, read off its input. */
export type Row = (ask: Ask) => readonly Wanted[]

/** The operations of a service, after AWS's service authorization reference. */
export type Rows = Readonly<Record<string, Row>>

interface Aim {
  /** Where it is not named after the operation. */
  readonly action?: string | undefined
  readonly tags?: readonly Tag[]
  readonly context?: Context
}

/** One right; the tags are those of the thing. */
export const want = (ask: Ask, resource: string, { action, context, tags = [] }: Aim = {}): Wanted => ({
  action: action ?? `${ask.service}:${ask.operation}`,
  resource,
  context: {
    ...Object.fromEntries(
      tags.flatMap(({ Key, Value }) => [
        [`aws:ResourceTag/${Key}`, Value],
        [`${ask.service}:ResourceTag/${Key}`, Value],
      ]),
    ),
    ...context,
  },
})

/** A tag as a request carries it. */
export interface GivenTag {
  readonly Key?: string | undefined
  readonly Value?: string | undefined
}

/** What is born with tags: conditions can ask for them. */
export const requestTags = (tags: readonly GivenTag[]): Context =>
  tags.length > 0
    ? {
        ...Object.fromEntries(tags.map(({ Key = "", Value = "" }) => [`aws:RequestTag/${Key}`, Value])),
        "aws:TagKeys": tags.map(({ Key = "" }) => Key),
      }
    : {}

export const both =
  (...rows: readonly Row[]): Row =>
  (ask) =>
    rows.flatMap((row) => row(ask))

/** The same for all of these. */
export const each = (row: Row, ...operations: readonly string[]): Rows =>
  Object.fromEntries(operations.map((operation) => [operation, row]))

/** What has no thing of its own. */
export const anything =
  (action?: string): Row =>
  (ask) => [want(ask, "*", { action })]

/**
 * Things by ARN: `db:{DBInstanceIdentifier}` takes the member of the input, and asks for nothing where it is not
 * given. What is a whole ARN stays.
 */
export const on =
  (template: string, action?: string): Row =>
  (ask) =>
    filled(template, ask.input).map((resource) => want(ask, wholeArn(ask, resource), { action }))

/** The right to tag at birth, which is asked for where tags are given. */
export const taggedAt =
  (template: string, action: string): Row =>
  (ask) => {
    const tags = tagsGiven(ask.input)
    const context = requestTags(tags)
    return tags.length === 0
      ? []
      : filled(template, ask.input).map((resource) => want(ask, wholeArn(ask, resource), { action, context }))
  }

const tagsGiven = ({ Tags, tags }: Fields): readonly GivenTag[] => {
  const given = Tags ?? tags
  if (Array.isArray(given)) return given
  if (typeof given !== "object" || given === null) return []
  return Object.entries(given).map(([Key, Value]) => ({ Key, Value: String(Value) }))
}

/** One for each value of the members that it names. */
const filled = (template: string, input: Fields): readonly string[] => {
  const [whole, member = ""] = /\{(\w+)\}/.exec(template) ?? []
  if (whole === undefined) return [template]
  const values = [input[member]].flat().filter((value): value is string => typeof value === "string")
  return values.flatMap((value) =>
    filled(value.startsWith("arn:") && template.endsWith(whole) ? value : template.replace(whole, value), input),
  )
}

const wholeArn = ({ call, service }: Ask, resource: string): string =>
  resource === "*" || resource.startsWith("arn:")
    ? resource
    : `arn:${call.partition}:${service}:${call.region}:${call.account}:${resource}`

/** A role that is given to a service. */
export const passed = (ask: Ask, roleArn: string | undefined, PassedToService: string): readonly Wanted[] =>
  roleArn === undefined
    ? []
    : [want(ask, roleArn, { action: "iam:PassRole", context: { "iam:PassedToService": PassedToService } })]

/** A service makes its own role in the name of whoever uses it first. */
export const linked =
  (AWSServiceName: string, roleName: string): Row =>
  (ask) => {
    const { account, partition, store } = ask.call
    const arn = `arn:${partition}:iam::${account}:role/aws-service-role/${AWSServiceName}/${roleName}`
    const context = { "iam:AWSServiceName": AWSServiceName }
    if (store.table("iam/role").has(roleName)) return []
    return [want(ask, arn, { action: "iam:CreateServiceLinkedRole", context })]
  }
