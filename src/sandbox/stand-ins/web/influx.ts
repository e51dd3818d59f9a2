import { createHash, randomBytes } from "node:crypto"
import { join } from "node:path"
import type { Context } from "../context.ts"
import type { ContainerRecord } from "../docker/records.ts"
import { changeRecords } from "../records.ts"
import type { Answer, Question } from "./answers.ts"

interface Influx {
  readonly token: string
  readonly orgs: readonly { readonly id: string; readonly name: string }[]
  readonly buckets: readonly { readonly id: string; readonly orgID: string; readonly name: string }[]
  readonly tokens: readonly { readonly token: string; readonly orgID: string; readonly description: string }[]
}

export const influxImage = ({ image }: ContainerRecord): boolean => /^influxdb:2/.test(image)

/** Of InfluxDB's interface what makes organisations, buckets and tokens. It keeps them where its data are. */
export function answerInflux(on: Context, one: ContainerRecord, question: Question): Answer {
  const { headers, method, url } = question
  if (url.pathname === "/health" || url.pathname === "/ping")
    return { status: 200, body: '{"name":"influxdb","status":"pass"}\n' }
  const data =
    one.mounts.find(({ target }) => target === "/var/lib/influxdb2")?.source ?? join(on.paths.records, one.id)
  const answer: { given?: Answer } = {}
  changeRecords<Influx | undefined>(join(data, "influx.json"), undefined, (present) => {
    // What the environment says counts only where there are no data yet.
    const influx = present ?? firstOf(one)
    const token = /^Token (.+)$/.exec(headers.authorization ?? "")?.[1]
    const own = influx.tokens.find((known) => known.token === token)
    if (token !== influx.token && !own) {
      answer.given = refusal(401, "unauthorized", "unauthorized access")
      return influx
    }
    const [next, given] = act(influx, `${method} ${url.pathname}`, url.searchParams, question.body, own?.orgID)
    answer.given = given
    return next
  })
  return answer.given ?? refusal(500, "internal error", "")
}

function firstOf({ env }: ContainerRecord): Influx {
  const org = { id: newId(), name: env.DOCKER_INFLUXDB_INIT_ORG ?? "main" }
  const bucket = { id: newId(), orgID: org.id, name: env.DOCKER_INFLUXDB_INIT_BUCKET ?? "main" }
  return { token: env.DOCKER_INFLUXDB_INIT_ADMIN_TOKEN ?? "", orgs: [org], buckets: [bucket], tokens: [] }
}

/** One who has an organisation's token sees that organisation alone. */
function act(
  influx: Influx,
  what: string,
  query: URLSearchParams,
  body: string,
  only: string | undefined,
): readonly [Influx, Answer] {
  const given: Readonly<Record<string, unknown>> = body === "" ? {} : JSON.parse(body)
  const seen = <T extends { readonly id: string }>(list: readonly T[], orgOf: (item: T) => string) =>
    list.filter((item) => only === undefined || orgOf(item) === only)
  switch (what) {
    case "GET /api/v2/orgs": {
      const orgs = seen(influx.orgs, ({ id }) => id).filter(({ name }) => name === (query.get("org") ?? name))
      return [influx, orgs.length === 0 ? refusal(404, "not found", "organization name not found") : good({ orgs })]
    }
    case "POST /api/v2/orgs": {
      const org = { id: newId(), name: String(given.name) }
      if (influx.orgs.some(({ name }) => name === org.name))
        return [influx, refusal(422, "conflict", "organization already exists")]
      return [{ ...influx, orgs: [...influx.orgs, org] }, good(org, 201)]
    }
    case "GET /api/v2/buckets": {
      const fits = (key: string, value: string) => (query.get(key) ?? value) === value
      const buckets = seen(influx.buckets, ({ orgID }) => orgID).filter(
        ({ name, orgID }) => fits("orgID", orgID) && fits("name", name),
      )
      const named = query.has("name") && buckets.length === 0
      return [influx, named ? refusal(404, "not found", "bucket not found") : good({ buckets })]
    }
    case "POST /api/v2/buckets": {
      const bucket = { id: newId(), orgID: String(given.orgID), name: String(given.name) }
      if (!influx.orgs.some(({ id }) => id === bucket.orgID))
        return [influx, refusal(404, "not found", "organization not found")]
      return [{ ...influx, buckets: [...influx.buckets, bucket] }, good(bucket, 201)]
    }
    case "POST /api/v2/authorizations": {
      const token = {
        token: randomBytes(32).toString("base64url"),
        orgID: String(given.orgID),
        description: String(given.description ?? ""),
      }
      return [{ ...influx, tokens: [...influx.tokens, token] }, good({ id: newId(), ...token }, 201)]
    }
    default:
      return [influx, refusal(404, "not found", `the sandbox's stand-in of InfluxDB does not know ${what}`)]
  }
}

const newId = (): string => createHash("sha256").update(randomBytes(8)).digest("hex").slice(0, 16)

const good = (content: object, status = 200): Answer => ({ status, body: `${JSON.stringify(content)}\n` })

const refusal = (status: number, code: string, message: string): Answer => good({ code, message }, status)
