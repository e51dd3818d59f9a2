import { createPrivateKey, createPublicKey, sign, verify } from "node:crypto"
import { describe, expect, it } from "vitest"
import { newKey } from "../../../src/app/keys/new-key.ts"
import { readPublicKey } from "../../../src/app/keys/public-key.ts"
import { fieldsOfKey } from "../../../src/app/keys/wire.ts"

/** The parts of a private key in OpenSSH's format, read by the description of the format alone. */
function opened(text: string) {
  const lines = text.trimEnd().split("\n")
  expect(lines[0]).toBe("-----BEGIN OPENSSH PRIVATE KEY-----")
  expect(lines.at(-1)).toBe("-----END OPENSSH PRIVATE KEY-----")
  expect(Math.max(...lines.slice(1, -1).map((line) => line.length))).toBeLessThanOrEqual(70)
  const whole = Buffer.from(lines.slice(1, -1).join(""), "base64")
  const magic = "openssh-key-v1\0"
  expect(whole.subarray(0, magic.length).toString()).toBe(magic)
  const kdf = magic.length + 4 + "none".length + 4 + "none".length + 4
  expect(whole.readUInt32BE(kdf)).toBe(1)
  const [open = Buffer.of(), secret = Buffer.of()] = fieldsOfKey(whole.subarray(kdf + 4)) ?? []
  expect(secret.length % 8).toBe(0)
  expect(secret.subarray(0, 4)).toEqual(secret.subarray(4, 8))
  return { open, secret: secret.subarray(8) }
}

/** The first fields of what has something after them. */
function leading(blob: Buffer, count: number): { readonly fields: readonly Buffer[]; readonly rest: Buffer } {
  const fields: Buffer[] = []
  let at = 0
  for (let index = 0; index < count; index += 1) {
    const end = at + 4 + blob.readUInt32BE(at)
    fields.push(blob.subarray(at + 4, end))
    at = end
  }
  return { fields, rest: blob.subarray(at) }
}

describe("a new key", () => {
  it("of ed25519 signs what its public half verifies, and has its filling counted", async () => {
    const { privateKey, publicKey } = await newKey("ed25519", "smart0dte-laptop@here")
    expect(readPublicKey(publicKey, "it").comment).toBe("smart0dte-laptop@here")
    const { open, secret } = opened(privateKey)
    expect(open.toString("base64")).toBe(publicKey.split(" ")[1])
    const { fields, rest } = leading(secret, 4)
    const [name, key = Buffer.of(), both = Buffer.of(), comment] = fields
    expect([name?.toString(), comment?.toString()]).toEqual(["ssh-ed25519", "smart0dte-laptop@here"])
    expect([...rest]).toEqual(Array.from(rest, (_, index) => index + 1))
    expect(both.subarray(32)).toEqual(key)
    const jwk = { kty: "OKP", crv: "Ed25519", x: key.toString("base64url") }
    const hidden = createPrivateKey({ key: { ...jwk, d: both.subarray(0, 32).toString("base64url") }, format: "jwk" })
    const text = Buffer.from("signed")
    expect(verify(null, text, createPublicKey({ key: jwk, format: "jwk" }), sign(null, text, hidden))).toBe(true)
  })

  it("of RSA has 4096 bits and the six numbers that OpenSSH wants, in its order", async () => {
    const { privateKey, publicKey } = await newKey("rsa", "")
    expect(readPublicKey(publicKey, "it")).toMatchObject({ type: "rsa", bits: 4096 })
    const { secret } = opened(privateKey)
    const { fields } = leading(secret, 7)
    const [name, n, e, d, qi, p, q] = fields
    expect(name?.toString()).toBe("ssh-rsa")
    const number = (bytes: Buffer | undefined) => BigInt(`0x${bytes?.toString("hex")}`)
    expect(number(p) * number(q)).toBe(number(n))
    expect((number(qi) * number(q)) % number(p)).toBe(1n)
    expect((number(d) * number(e)) % (number(p) - 1n)).toBe(1n)
    // Two primes of 2048 bits take as long as they take to be found.
  }, 60_000)

  it("is another one each time", async () => {
    const [one, other] = await Promise.all([newKey("ed25519", "a"), newKey("ed25519", "a")])
    expect(one.publicKey).not.toBe(other.publicKey)
  })
})
