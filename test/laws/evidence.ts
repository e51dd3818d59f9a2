import type { Observation } from "../../src/engine/observation.ts"
import type { Outcome } from "../../src/engine/perform.ts"
import type { Ground } from "./ground.ts"

/** What was asked of AWS, as `ec2:CreateVpc`, in order. */
export const asked = (on: Ground): readonly string[] =>
  on.sandbox.world.trace.list().map(({ service, operation }) => `${service}:${operation}`)

export const isChange = (call: string): boolean => !/:(Describe|Get|List|Head)/.test(call)

/** What was asked of AWS that is more than a question. */
export const mutations = (on: Ground): readonly string[] => asked(on).filter(isChange)

/** Forgets what was asked so far. */
export const forget = (on: Ground): void => on.sandbox.world.trace.clear()

/** Something that AWS keeps. */
export interface Thing {
  /** As the store calls it: `ec2/vpc`. */
  readonly what: string
  readonly id: string
  readonly record: object
  readonly tags: Readonly<Record<string, string>>
}

/** All that is there once AWS has forgotten what it shows for a while after its end. */
export function standing(on: Ground): readonly Thing[] {
  const { clock, store } = on.sandbox.world
  clock.advance(2 * 3_600_000)
  const tables = [...store.contents().tables].map(([name, rows]) => ({ what: name.replace(/@.*/, ""), rows }))
  const ec2Tags = new Map(tables.filter(({ what }) => what === "ec2/tags").flatMap(({ rows }) => [...rows]))
  return tables
    .filter(({ what }) => !remembered.includes(what))
    .flatMap(({ what, rows }) =>
      [...rows].map(([id, { record }]) => ({ what, id, record, tags: tagsOf(ec2Tags.get(id)?.record ?? record) })),
    )
    .filter(({ record }) => !("until" in record && Number(record.until) <= clock.now()))
}

/** How many there are of each. */
export function census(things: readonly Thing[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>()
  for (const { what } of things) counts.set(what, (counts.get(what) ?? 0) + 1)
  return Object.fromEntries([...counts].sort())
}

/** Things that take tags at their birth, and were not made by AWS itself along with another. */
export const taggable = (things: readonly Thing[]): readonly Thing[] =>
  things.filter(
    ({ what, id, record, tags }) =>
      takesTags.includes(what) && !comesAlong(record) && !isReport(id) && !("aws:rds:primaryDBInstanceArn" in tags),
  )

/** What a node says of itself is written by the node. */
const isReport = (id: string): boolean => /\/state\//.test(id)

/** What is not as wanted: `subnet/public-a differs: publicByDefault (drift)`. */
export const deviations = ({ findings, leftovers }: Observation): readonly string[] => [
  ...findings
    .filter(({ state }) => state !== "same")
    .map(({ key, state, cause, changes }) => {
      const fields = changes.map((change) => `${change.field} (${change.cause})`).join(", ")
      return `${key} ${state}${fields ? `: ${fields}` : ` (${cause})`}`
    }),
  ...leftovers.map(({ key }) => `${key} leftover`),
]

/** What a run did not do, with why. */
export const troubles = ({ failed, skipped }: Outcome): readonly string[] => [
  ...failed.map(({ step, verb, error }) => `${verb} ${step.key}: ${error}`),
  ...skipped.map(({ step, verb, because }) => `${verb} ${step.key} skipped: ${because}`),
]

// Notes: what AWS shows to nobody, or only as history.
const remembered = [
  "ec2/tags",
  "ec2/client-token",
  "route53/change",
  // What was asked of machines, which AWS forgets after a month.
  "ssm/agent",
  "ssm/command",
  "ssm/invocation",
]

const takesTags = [
  "ec2/vpc",
  "ec2/subnet",
  "ec2/internet-gateway",
  "ec2/address",
  "ec2/nat-gateway",
  "ec2/route-table",
  "ec2/vpc-endpoint",
  "ec2/flow-log",
  "ec2/security-group",
  "ec2/key-pair",
  "ec2/instance",
  "ec2/volume",
  "ec2/network-interface",
  "elbv2/load-balancer",
  "elbv2/target-group",
  "elbv2/listener",
  "elbv2/rule",
  "acm/certificate",
  "iam/role",
  "rds/instance",
  "rds/subnet-group",
  "rds/parameter-group",
  "elasticache/subnet-group",
  "elasticache/parameter-group",
  "elasticache/user",
  "elasticache/user-group",
  "elasticache/replication-group",
  "secretsmanager/secret",
  "iam/instance-profile",
  "s3/bucket",
  "ssm/parameter",
]

function comesAlong(record: object): boolean {
  const { name, type, requester, associations } = record as {
    readonly name?: string
    readonly type?: string
    readonly requester?: string
    readonly associations?: readonly { readonly subnetId?: string }[]
  }
  const isMainTable = associations?.some(({ subnetId }) => subnetId === undefined) ?? false
  return name === "default" || type === "nat_gateway" || requester !== undefined || isMainTable
}

function tagsOf(record: object): Readonly<Record<string, string>> {
  const { tags, Tags } = record as { readonly tags?: readonly Tag[]; readonly Tags?: readonly Tag[] }
  return Object.fromEntries((tags ?? Tags ?? []).map(({ Key, Value }) => [Key, Value]))
}

interface Tag {
  readonly Key: string
  readonly Value: string
}
