import { createHash, createPublicKey } from "node:crypto"
import type { KeyPairRecord } from "./records/security.ts"

/** What EC2 keeps of an OpenSSH public key, or nothing when the text is none of a type that it takes. */
export const readSshKey = (text: string): Pick<KeyPairRecord, "type" | "fingerprint" | "publicKey"> | undefined => {
  const [name = "", base64 = "", ...comment] = text.trim().split(/\s+/)
  const blob = Buffer.from(base64, "base64")
  const fields = readFields(blob)
  if (!base64 || blob.toString("base64").replace(/=+$/, "") !== base64.replace(/=+$/, "")) return undefined
  if (fields?.[0]?.toString() !== name) return undefined
  const publicKey = [name, base64, ...comment].join(" ")
  if (name === "ssh-ed25519" && fields.length === 2 && fields[1]?.length === 32) {
    return { type: "ed25519", fingerprint: createHash("sha256").update(blob).digest("base64"), publicKey }
  }
  const [, exponent, modulus] = fields
  if (name !== "ssh-rsa" || fields.length !== 3 || !exponent || !modulus) return undefined
  const fingerprint = rsaFingerprint(exponent, modulus)
  return fingerprint ? { type: "rsa", fingerprint, publicKey } : undefined
}

/** Fields with a length of four bytes before each; nothing when they don't fill the blob exactly. */
const readFields = (blob: Buffer): readonly Buffer[] | undefined => {
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

/** For imported RSA keys AWS shows the MD5 of the public key in DER, unlike `ssh-keygen -l`. */
const rsaFingerprint = (exponent: Buffer, modulus: Buffer): string | undefined => {
  try {
    const jwk = { kty: "RSA", e: positive(exponent).toString("base64url"), n: positive(modulus).toString("base64url") }
    const der = createPublicKey({ key: jwk, format: "jwk" }).export({ type: "spki", format: "der" })
    return createHash("md5")
      .update(der)
      .digest("hex")
      .replace(/..(?!$)/g, "$&:")
  } catch {
    return undefined
  }
}

/** A leading zero keeps a number from looking negative; a JWK has none. */
const positive = (number: Buffer): Buffer => (number[0] === 0 ? number.subarray(1) : number)
