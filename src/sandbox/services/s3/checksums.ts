import { createHash } from "node:crypto"
import { crc32 } from "node:zlib"
import { Refusal } from "../../service.ts"

type Stated = { readonly [Member in (typeof MEMBERS)[number]]?: string | undefined } & {
  readonly ContentMD5?: string | undefined
  readonly ChecksumAlgorithm?: string | undefined
}

/** The checksums kept with a body, after a wrong one has been refused. */
export const checksumsOf = (stated: Stated, body: Uint8Array): Readonly<Record<string, string>> => {
  if (stated.ContentMD5 !== undefined && stated.ContentMD5 !== digest("md5", body)) {
    throw new Refusal("BadDigest", "The Content-MD5 you specified did not match what we received.")
  }
  const kept: Record<string, string> = {}
  for (const member of MEMBERS) {
    const computed = compute[member]?.(body)
    // What came in a trailer is no longer in the request; the algorithm that it announced is.
    const announced = stated.ChecksumAlgorithm === member.slice("Checksum".length)
    const value = stated[member] ?? (announced ? computed : undefined)
    if (value === undefined) continue
    if (computed !== undefined && value !== computed) {
      const algorithm = member.slice("Checksum".length)
      throw new Refusal("BadDigest", `The ${algorithm} you specified did not match the calculated checksum.`)
    }
    kept[member] = value
  }
  return kept
}

const MEMBERS = [
  "ChecksumCRC32",
  "ChecksumCRC32C",
  "ChecksumCRC64NVME",
  "ChecksumMD5",
  "ChecksumSHA1",
  "ChecksumSHA256",
  "ChecksumSHA512",
] as const

/** Node has no CRC32C and no CRC64: those two are kept as they came, and the client checks them itself on reading. */
const compute: { readonly [Member in (typeof MEMBERS)[number]]?: (body: Uint8Array) => string } = {
  ChecksumCRC32: (body) => {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32BE(crc32(body))
    return bytes.toString("base64")
  },
  ChecksumMD5: (body) => digest("md5", body),
  ChecksumSHA1: (body) => digest("sha1", body),
  ChecksumSHA256: (body) => digest("sha256", body),
  ChecksumSHA512: (body) => digest("sha512", body),
}

const digest = (algorithm: string, body: Uint8Array): string => createHash(algorithm).update(body).digest("base64")
