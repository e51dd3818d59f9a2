import { createHash } from "node:crypto"
import type { Context } from "../context.ts"

/** Keys of a role as the metadata service lends them to a machine. */
export interface Lent {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly token: string
  /** In milliseconds of the wall clock, which is the one that machines have. */
  readonly until: number
}

/** As long as on EC2. A token carries its own end, so that nobody need keep what was lent. */
export function lend({ facts }: Context, now: number): Lent | undefined {
  if (!facts.keys) return undefined
  const until = now + SIX_HOURS
  const { accessKeyId, secretAccessKey } = facts.keys
  return { accessKeyId, secretAccessKey, until, token: tokenFor(facts.id, accessKeyId, secretAccessKey, until) }
}

/** What S3 says against them, if it does; with its status. The sandbox itself may have other keys for the machine by now. */
export function faultIn({ facts }: Context, given: Omit<Lent, "until">, now: number): Wrong | undefined {
  const { accessKeyId, secretAccessKey, token } = given
  if (token === "") return { status: 403, code: "InvalidAccessKeyId" }
  const until = Number.parseInt(token.slice(0, END), 36)
  if (token !== tokenFor(facts.id, accessKeyId, secretAccessKey, until)) return { status: 400, code: "InvalidToken" }
  return now < until ? undefined : { status: 400, code: "ExpiredToken" }
}

export interface Wrong {
  readonly status: number
  readonly code: string
}

const SIX_HOURS = 6 * 3600 * 1000

/** How many letters of a token say when it ends. */
const END = 10

function tokenFor(machine: string, id: string, secret: string, until: number): string {
  const seal = createHash("sha256").update(`${machine} ${id} ${secret} ${until}`).digest("base64url")
  return `${until.toString(36).padStart(END, "0")}${seal}`
}
