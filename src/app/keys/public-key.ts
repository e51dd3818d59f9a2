import { createHash, createPublicKey } from "node:crypto"
import { Usage } from "../../errors.ts"
import { fieldsOfKey } from "./wire.ts"

/** A public key as EC2 takes it, and how it is known: by OpenSSH, and by EC2. */
export interface PublicKey {
  readonly type: "ed25519" | "rsa"
  readonly bits: number
  /** Type and key, without the comment. */
  readonly bare: string
  readonly comment: string
  /** As `ssh-keygen -l` shows it. */
  readonly fingerprint: string
  /** As EC2 shows it of one that was imported. */
  readonly awsFingerprint: string
}

/** Reads an OpenSSH public key, or refuses with the reason; `name` is how its author knows it. */
export function readPublicKey(text: string, name: string): PublicKey {
  const refuse = (why: string, hint: string) => new Usage(`${name} ${why}`, { hint })
  const [, wrong] = notThese.find(([pattern]) => pattern.test(text)) ?? []
  if (wrong) throw refuse(...wrong)
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "" && !line.startsWith("#"))
  if (lines.length === 0) throw refuse("is empty", wanted)
  if (lines.length > 1) throw refuse(`holds ${lines.length} lines, where one key is wanted`, wanted)
  const [type = "", base64 = "", ...comment] = lines[0]?.trim().split(/\s+/) ?? []
  if (!/^(ssh|ecdsa|sk)-/.test(type)) throw refuse("is no OpenSSH public key", wanted)
  if (!(type in readers)) throw refuse(`is of the type ${type}, which EC2 does not take`, wanted)
  const blob = Buffer.from(base64, "base64")
  const fields = fieldsOfKey(blob)
  if (blob.toString("base64").replace(/=+$/, "") !== base64.replace(/=+$/, "") || fields?.[0]?.toString() !== type)
    throw refuse("is damaged: what stands after its type is not the key that it says", "copy the whole line once more")
  // The type is one of the two, by the look at the table.
  const read = readers[type as keyof typeof readers](fields.slice(1), blob)
  if (typeof read === "string") throw refuse(read, wanted)
  const fingerprint = `SHA256:${sha256(blob).replace(/=+$/, "")}`
  return { ...read, bare: `${type} ${base64}`, comment: comment.join(" "), fingerprint }
}

const wanted = "give an ed25519 or RSA public key; smart0dte keypair create makes one"

/** What is often taken for one, by how it begins. */
const notThese: readonly (readonly [RegExp, readonly [why: string, hint: string]])[] = [
  [
    /-----BEGIN [A-Z ]*PRIVATE KEY-----|^PuTTY-User-Key-File/m,
    ["is a private key, which never leaves its machine", "give the public one, which ends in .pub"],
  ],
  [
    /^---- BEGIN SSH2 PUBLIC KEY ----/m,
    ["is in the format of RFC 4716", "turn it into OpenSSH's: ssh-keygen -i -f FILE"],
  ],
  [
    /-----BEGIN (RSA )?PUBLIC KEY-----/,
    ["is in the format PEM", "turn it into OpenSSH's: ssh-keygen -i -m PKCS8 -f FILE"],
  ],
]

type Read = Pick<PublicKey, "type" | "bits" | "awsFingerprint"> | string

const readers = {
  "ssh-ed25519": ([key, ...more]: readonly Buffer[], blob: Buffer): Read => {
    if (key?.length !== 32 || more.length > 0) return "is damaged: an ed25519 key has 32 bytes"
    return { type: "ed25519", bits: 256, awsFingerprint: sha256(blob) }
  },
  "ssh-rsa": ([exponent, modulus, ...more]: readonly Buffer[]): Read => {
    if (!exponent || !modulus || more.length > 0) return "is damaged: an RSA key has two numbers"
    const bits = bitsOf(modulus)
    if (bits < 2048) return `has ${bits} bits, where 2048 are the least that is safe`
    if (bits > 16_384) return `has ${bits} bits, where 16384 are the most that OpenSSH takes`
    const awsFingerprint = md5OfSpki(exponent, modulus)
    return awsFingerprint === undefined
      ? "is damaged: its numbers make no RSA key"
      : { type: "rsa", bits, awsFingerprint }
  },
} as const

/** A leading zero keeps a number from looking negative. */
const positive = (number: Buffer): Buffer => (number[0] === 0 ? number.subarray(1) : number)

function bitsOf(number: Buffer): number {
  const bytes = positive(number)
  return bytes.length === 0 ? 0 : (bytes.length - 1) * 8 + (32 - Math.clz32(bytes[0] ?? 0))
}

/** Of imported RSA keys EC2 shows the MD5 of the key in DER. */
function md5OfSpki(exponent: Buffer, modulus: Buffer): string | undefined {
  try {
    const key = { kty: "RSA", e: positive(exponent).toString("base64url"), n: positive(modulus).toString("base64url") }
    const der = createPublicKey({ key, format: "jwk" }).export({ type: "spki", format: "der" })
    return createHash("md5")
      .update(der)
      .digest("hex")
      .replace(/..(?!$)/g, "$&:")
  } catch {
    return undefined
  }
}

const sha256 = (blob: Buffer): string => createHash("sha256").update(blob).digest("base64")
