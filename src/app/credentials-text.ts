import { UserError } from "../errors.ts"

/** Keys that last until somebody takes them away. */
export interface LastingKeys {
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

/** Keys that may have been lent: those are worth something with their token only. */
export interface ProfileKeys extends LastingKeys {
  readonly sessionToken?: string
}

/** The profile's access key id in the text of a credentials file; nothing where it has none. */
export function keyIdIn(text: string, profile: string): string | undefined {
  return valueIn(text, profile, "aws_access_key_id")
}

/** All profiles that have this key. */
export function profilesWith(text: string, id: string): readonly string[] {
  let profile: string | undefined
  return linesOf(text).flatMap(({ body }) => {
    profile = headOf(body) ?? profile
    const here = nameIn(body) === "aws_access_key_id" && /=\s*(\S+)/.exec(body)?.[1] === id
    return here && profile !== undefined ? [profile] : []
  })
}

/** Those that a profile has, with their token where they were lent. */
export function profileKeysIn(text: string, profile: string): ProfileKeys | undefined {
  const keys = keysIn(text, profile)
  const sessionToken = valueIn(text, profile, "aws_session_token")
  return keys && { ...keys, ...(sessionToken !== undefined && { sessionToken }) }
}

export function keysIn(text: string, profile: string): LastingKeys | undefined {
  const accessKeyId = keyIdIn(text, profile)
  const secretAccessKey = valueIn(text, profile, "aws_secret_access_key")
  return accessKeyId !== undefined && secretAccessKey !== undefined ? { accessKeyId, secretAccessKey } : undefined
}

/**
 * The same text with these keys in that profile. Every other byte stays, comments and line ends with it; what the
 * profile had of a session goes, which would make the new keys worthless.
 */
export function withKeys(text: string, profile: string, keys: LastingKeys): string {
  const lines = linesOf(text)
  const section = sectionOf(lines, profile)
  const end = /\r?\n/.exec(text)?.[0] ?? "\n"
  const wanted = [
    ["aws_access_key_id", keys.accessKeyId],
    ["aws_secret_access_key", keys.secretAccessKey],
  ] as const
  if (section === undefined) {
    const gap = text === "" || /(^|\n)\r?\n$/.test(text) ? "" : end
    const before = text === "" || text.endsWith("\n") ? text : `${text}${end}`
    return `${before}${gap}${[`[${profile}]`, ...wanted.map(([name, value]) => `${name} = ${value}`)].join(end)}${end}`
  }
  const inside = lines.slice(section.from, section.to)
  refuseElsewhere(inside, profile)
  const values = new Map<string, string>(wanted)
  const kept = inside.flatMap((line) => {
    const name = nameIn(line.body)
    if (name === undefined || !OURS.has(name)) return [line]
    const value = values.get(name)
    values.delete(name)
    return value === undefined ? [] : [{ ...line, body: line.body.replace(/=.*$/s, `= ${value}`) }]
  })
  const head = lines.slice(0, section.from).map((line) => (line.end === "" ? { ...line, end } : line))
  const added = [...values].map(([name, value]) => ({ body: `${name} = ${value}`, end }))
  return [...head, ...added, ...kept, ...lines.slice(section.to)].map((line) => line.body + line.end).join("")
}

function valueIn(text: string, profile: string, name: string): string | undefined {
  const lines = linesOf(text)
  const section = sectionOf(lines, profile)
  const line = section && lines.slice(section.from, section.to).find(({ body }) => nameIn(body) === name)
  return line && /=\s*(\S+)/.exec(line.body)?.[1]
}

const OURS: ReadonlySet<string> = new Set([
  "aws_access_key_id",
  "aws_secret_access_key",
  "aws_session_token",
  "aws_security_token",
])

/** With these, programs would take other credentials than the keys that stand beside them. */
const ELSEWHERE = /^(credential_process|credential_source|role_arn|source_profile|sso_\w+|web_identity_token_file)$/

interface Line {
  readonly body: string
  readonly end: string
}

/** A comment begins the line: behind a value, what looks like one may belong to it. */
const nameIn = (body: string): string | undefined => /^\s*([^\s#;=[]+)\s*=/.exec(body)?.[1]?.toLowerCase()

const linesOf = (text: string): readonly Line[] =>
  [...text.matchAll(/([^\n]*?)(\r?\n|$)/g)].flatMap(([whole, body = "", end = ""]) =>
    whole === "" ? [] : [{ body, end }],
  )

const headOf = (body: string): string | undefined => /^(?:\uFEFF|ï»¿)?\s*\[([^\]]*)\]/.exec(body)?.[1]?.trim()

/** The lines below the profile's head, to the next one. */
function sectionOf(
  lines: readonly Line[],
  profile: string,
): { readonly from: number; readonly to: number } | undefined {
  const heads = lines.flatMap(({ body }, index) => (headOf(body) === profile ? [index] : []))
  if (heads.length > 1)
    throw new UserError(`the credentials file has the profile ${profile} ${heads.length} times`, {
      hint: "programs disagree about which of them counts: leave one of them, then run again",
    })
  const [head] = heads
  if (head === undefined) return undefined
  const next = lines.findIndex(({ body }, index) => index > head && headOf(body) !== undefined)
  return { from: head + 1, to: next === -1 ? lines.length : next }
}

function refuseElsewhere(lines: readonly Line[], profile: string): void {
  const name = lines.map(({ body }) => nameIn(body)).find((one) => one !== undefined && ELSEWHERE.test(one))
  if (name !== undefined)
    throw new UserError(`the profile ${profile} has ${name}, and would not use the keys beside it`, {
      hint: "name another profile with --profile-name",
    })
}
