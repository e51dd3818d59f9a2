import { createHmac } from "node:crypto"

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"

/** A secret in base 32, as apps for second factors take it. */
export const base32 = (bytes: Uint8Array): string => {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, "0")).join("")
  return (bits.match(/.{1,5}/g) ?? []).map((five) => LETTERS[Number.parseInt(five.padEnd(5, "0"), 2)]).join("")
}

/** The code of RFC 6238 that an app shows at a moment of the wall clock: six digits, for thirty seconds. */
export const codeAt = (seed: string, milliseconds: number): string => {
  const count = Buffer.alloc(8)
  count.writeBigUInt64BE(BigInt(Math.floor(milliseconds / STEP)))
  const digest = createHmac("sha1", bytesOf(seed)).update(count).digest()
  const offset = digest.readUInt8(digest.length - 1) & 15
  return String((digest.readUInt32BE(offset) & 0x7f_ff_ff_ff) % 1_000_000).padStart(6, "0")
}

export const STEP = 30_000

const bytesOf = (seed: string): Buffer => {
  const bits = [...seed].map((letter) => LETTERS.indexOf(letter).toString(2).padStart(5, "0")).join("")
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}
