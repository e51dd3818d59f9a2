/** A secret, and a part of it that stands nowhere else by chance. */
export interface Secret {
  readonly name: string
  readonly core: string
}

/** Which of them a text has in it, as they are or as somebody may have written them down. */
export function secretsIn(text: string, secrets: readonly Secret[]): readonly string[] {
  return secrets.filter(({ core }) => formsOf(core).some((form) => text.includes(form))).map(({ name }) => name)
}

function formsOf(core: string): readonly string[] {
  return [
    core,
    JSON.stringify(core).slice(1, -1),
    encodeURIComponent(core),
    Buffer.from(core).toString("hex"),
    ...[0, 1, 2].map((before) => insideBase64(core, before)),
  ]
}

/** The letters that are the same wherever in a longer text it was encoded, so many bytes behind a group's beginning. */
function insideBase64(core: string, before: number): string {
  const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(core)])
  const letters = bytes.toString("base64").replace(/=+$/, "")
  return letters.slice([0, 2, 3][before], bytes.length % 3 === 0 ? undefined : -1)
}

/** Every value that Secrets Manager keeps, in all its versions; what is yet to be set is none. */
export function secretsOf(tables: Readonly<Record<string, Readonly<Record<string, object>>>>): readonly Secret[] {
  const records = Object.values(tables["secretsmanager/secret@us-east-1"] ?? {})
  // The table's own type: what another one holds has another name.
  return (records as readonly SecretRecord[]).flatMap(({ Name, versions }) =>
    versions.flatMap(({ SecretString }) => valuesIn(Name, SecretString)),
  )
}

export interface SecretRecord {
  readonly Name: string
  readonly versions: readonly { readonly SecretString: string }[]
}

function valuesIn(name: string, text: string): readonly Secret[] {
  if (text.startsWith("{")) return [{ name: `${name}#password`, core: JSON.parse(text).password }]
  const lines = text.split("\n").filter((line) => line.includes("="))
  return lines.flatMap((line) => {
    const at = line.indexOf("=")
    const value = line.slice(at + 1)
    // Of those that we set, the odd signs behind it are written differently from place to place.
    const core = /^canary[0-9a-f]+/.exec(value)?.[0] ?? value
    return value === "unset" ? [] : [{ name: `${name}#${line.slice(0, at)}`, core }]
  })
}
