import { type Event, paginateLookupEvents } from "@aws-sdk/client-cloudtrail"
import type { Cloud } from "../cloud.ts"

/** What was done with a key, as often as it was done. */
export interface Deed {
  /** In the words of IAM: `iam:CreateUser`. */
  readonly what: string
  readonly times: number
  /** How many of them were refused. */
  readonly refused: number
  readonly first: string
  readonly last: string
  /** The addresses from which. */
  readonly from: readonly string[]
}

export interface Deeds {
  readonly deeds: readonly Deed[]
  /** Roles of the account that were taken on: their sessions outlive the key. */
  readonly roles: readonly string[]
  /** The ARNs of those of other accounts. */
  readonly foreign: readonly string[]
  /** Whether there was more than is read. */
  readonly more: boolean
  /** Why it could be read no further than this. */
  readonly broken: unknown
}

/**
 * What the trail's last ninety days have of these keys, and of all that were lent for them: whoever has a stolen key
 * takes a session with it first. Where there is no trail at all, AWS keeps those days too.
 */
export async function deedsOf(
  ctx: Pick<Cloud, "cloudtrail" | "account">,
  keys: readonly string[],
  since: Date,
): Promise<Deeds> {
  const seen: Seen[] = []
  const looked = new Set<string>()
  const queue = [...keys]
  let more = false
  for (let key = queue.shift(); key !== undefined; key = queue.shift()) {
    if (looked.has(key)) continue
    if (looked.size === keys.length + mostLent) return { ...told(seen, ctx.account), more: true, broken: undefined }
    looked.add(key)
    const before = seen.length
    try {
      for await (const part of pagesOf(ctx, key, since)) {
        seen.push(...part.seen)
        more ||= part.more
      }
    } catch (broken) {
      // What was read leads to roles whose sessions are to be ended.
      return { ...told(seen, ctx.account), more, broken }
    }
    queue.push(...seen.slice(before).flatMap(({ lent }) => lent ?? []))
  }
  return { ...told(seen, ctx.account), more, broken: undefined }
}

const told = (seen: readonly Seen[], account: string) => ({ deeds: grouped(seen), ...rolesIn(seen, account) })

async function* pagesOf({ cloudtrail: client }: Pick<Cloud, "cloudtrail">, AttributeValue: string, StartTime: Date) {
  const LookupAttributes = [{ AttributeKey: "AccessKeyId" as const, AttributeValue }]
  let pages = 0
  for await (const page of paginateLookupEvents({ client }, { LookupAttributes, StartTime })) {
    const more = ++pages === mostPages && page.NextToken !== undefined
    yield { seen: (page.Events ?? []).map(seenIn), more }
    if (more) return
  }
}

/** Two pages a second are all that AWS gives. */
const mostPages = 40
/** Sessions that are followed, of however many were taken. */
const mostLent = 50

interface Seen {
  readonly what: string
  readonly at: string
  readonly from: string | undefined
  readonly refused: boolean
  readonly role: string | undefined
  /** The id of the keys that it was answered with. */
  readonly lent: string | undefined
}

function seenIn({ EventName = "", EventSource = "", EventTime, CloudTrailEvent }: Event): Seen {
  const record = recordIn(CloudTrailEvent)
  return {
    what: `${EventSource.replace(/\.amazonaws\.com$/, "")}:${EventName}`,
    at: EventTime?.toISOString() ?? "",
    from: typeof record.sourceIPAddress === "string" ? record.sourceIPAddress : undefined,
    refused: record.errorCode !== undefined,
    role: roleIn(record),
    lent: lentIn(record),
  }
}

type Fields = Readonly<Record<string, unknown>>

function recordIn(text: string | undefined): Fields {
  try {
    return fieldsOf(JSON.parse(text ?? "{}"))
  } catch {
    // What cannot be read is still an event, with a name and a time.
    return {}
  }
}

const fieldsOf = (value: unknown): Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {}

function roleIn({ eventName, errorCode, requestParameters }: Fields): string | undefined {
  const { roleArn } = fieldsOf(requestParameters)
  return eventName === "AssumeRole" && errorCode === undefined && typeof roleArn === "string" ? roleArn : undefined
}

function lentIn({ responseElements }: Fields): string | undefined {
  const { accessKeyId } = fieldsOf(fieldsOf(responseElements).credentials)
  return typeof accessKeyId === "string" ? accessKeyId : undefined
}

function grouped(seen: readonly Seen[]): readonly Deed[] {
  const byName = new Map<string, Seen[]>()
  for (const one of seen) byName.set(one.what, [...(byName.get(one.what) ?? []), one])
  const deeds = [...byName].map(([what, all]) => {
    const times = all.map(({ at }) => at).toSorted()
    return {
      what,
      times: all.length,
      refused: all.filter(({ refused }) => refused).length,
      first: times[0] ?? "",
      last: times.at(-1) ?? "",
      from: [...new Set(all.flatMap(({ from }) => from ?? []))].toSorted(),
    }
  })
  return deeds.toSorted((a, b) => (a.last < b.last ? 1 : -1))
}

/** Those of the account by name, as IAM wants them. */
function rolesIn(seen: readonly Seen[], account: string): Pick<Deeds, "foreign" | "roles"> {
  const arns = [...new Set(seen.flatMap(({ role }) => role ?? []))]
  const isOwn = (arn: string) => arn.split(":")[4] === account
  return {
    roles: arns.filter(isOwn).map((arn) => arn.split("/").at(-1) ?? arn),
    foreign: arns.filter((arn) => !isOwn(arn)),
  }
}
