/** What OpenSSH's keys are written in: fields with a length of four bytes before each. */
export const field = (content: Buffer | string): Buffer => {
  const bytes = Buffer.from(content)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return Buffer.concat([length, bytes])
}

/** A whole number, with a zero before it where it would look negative. */
export const numberField = (base64url: string | undefined): Buffer => {
  const bytes = Buffer.from(base64url ?? "", "base64url")
  return field((bytes[0] ?? 0) >= 128 ? Buffer.concat([Buffer.of(0), bytes]) : bytes)
}

/** Nothing where they do not fill it exactly. */
export function fieldsOfKey(blob: Buffer): readonly Buffer[] | undefined {
  const fields: Buffer[] = []
  let at = 0
  while (at < blob.length) {
    if (at + 4 > blob.length) return undefined
    const end = at + 4 + blob.readUInt32BE(at)
    if (end > blob.length) return undefined
    fields.push(blob.subarray(at + 4, end))
    at = end
  }
  return fields
}
