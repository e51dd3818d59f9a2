import { createHash, generateKeyPairSync } from "node:crypto"
import { describe, expect, it } from "vitest"
import { newKey } from "../../../src/app/keys/new-key.ts"
import { readPublicKey } from "../../../src/app/keys/public-key.ts"
import { field, fieldsOfKey, numberField } from "../../../src/app/keys/wire.ts"
import { readSshKey } from "../../../src/sandbox/services/ec2/ssh-key.ts"

const ed25519 = await newKey("ed25519", "me@here")
const rsaLine = (bits: number) => {
  const { e, n } = generateKeyPairSync("rsa", { modulusLength: bits }).publicKey.export({ format: "jwk" })
  return lineOf("ssh-rsa", numberField(e), numberField(n))
}
const lineOf = (type: string, ...fields: readonly Buffer[]) =>
  `${type} ${Buffer.concat([field(type), ...fields]).toString("base64")} me@here`

describe("an OpenSSH public key", () => {
  it("is read with both of its fingerprints, and without its comment", () => {
    const key = readPublicKey(`# mine\r\n  ${ed25519.publicKey}\r\n`, "it")
    const blob = Buffer.from(ed25519.publicKey.split(" ")[1] ?? "", "base64")
    const digest = createHash("sha256").update(blob).digest("base64")
    expect(key).toEqual({
      type: "ed25519",
      bits: 256,
      bare: ed25519.publicKey.split(" ").slice(0, 2).join(" "),
      comment: "me@here",
      fingerprint: `SHA256:${digest.replace(/=+$/, "")}`,
      awsFingerprint: digest,
    })
  })

  it("has the fingerprint that EC2 shows of an imported one", () => {
    const line = rsaLine(2048)
    const key = readPublicKey(line, "it")
    expect(key).toMatchObject({ type: "rsa", bits: 2048 })
    expect(key.awsFingerprint).toMatch(/^([0-9a-f]{2}:){15}[0-9a-f]{2}$/)
    expect(key.awsFingerprint).toBe(readSshKey(line)?.fingerprint)
  })

  const [type = "", base64 = ""] = ed25519.publicKey.split(" ")
  it.each([
    ["a private key", ed25519.privateKey, "is a private key, which never leaves its machine"],
    ["PuTTY's private key", "PuTTY-User-Key-File-3: ssh-ed25519\n", "is a private key"],
    ["PEM", "-----BEGIN PUBLIC KEY-----\nMCow\n-----END PUBLIC KEY-----\n", "is in the format PEM"],
    ["RFC 4716", "---- BEGIN SSH2 PUBLIC KEY ----\nAAAA\n", "is in the format of RFC 4716"],
    ["nothing", " \n# a comment\n", "is empty"],
    ["two keys", `${ed25519.publicKey}\n${ed25519.publicKey}\n`, "holds 2 lines"],
    ["something else", "hello world", "is no OpenSSH public key"],
    ["options of authorized_keys before it", `no-pty ${ed25519.publicKey}`, "is no OpenSSH public key"],
    ["a curve that EC2 does not take", "ecdsa-sha2-nistp256 AAAA me", "is of the type ecdsa-sha2-nistp256"],
    ["a security key", "sk-ssh-ed25519@openssh.com AAAA me", "is of the type sk-ssh-ed25519@openssh.com"],
    ["DSA", "ssh-dss AAAA me", "is of the type ssh-dss"],
    ["one that lost its end", `${type} ${base64.slice(0, -4)}`, "is damaged"],
    ["one with strange letters in it", `${type} ${base64.slice(0, 20)}!${base64.slice(21)}`, "is damaged"],
    ["one under another's name", `ssh-rsa ${base64}`, "is damaged"],
    ["a type without a key", "ssh-ed25519", "is damaged"],
    ["31 bytes", lineOf("ssh-ed25519", field(Buffer.alloc(31))), "an ed25519 key has 32 bytes"],
    ["an RSA key of 1024 bits", rsaLine(1024), "has 1024 bits, where 2048 are the least"],
    [
      "a number beyond all measure",
      lineOf("ssh-rsa", field(Buffer.of(1, 0, 1)), field(Buffer.alloc(2049, 255))),
      "16384 are the most",
    ],
    ["an RSA key of one number", lineOf("ssh-rsa", field(Buffer.of(3))), "has two numbers"],
  ])("%s is refused with the reason", (_, text, why) => {
    expect(() => readPublicKey(text, "id.pub")).toThrow(`id.pub ${why.startsWith("is") ? why : ""}`)
    expect(() => readPublicKey(text, "id.pub")).toThrow(why)
  })
})

describe("the fields of a key", () => {
  it("fill it exactly, or are none", () => {
    expect(fieldsOfKey(Buffer.concat([field("a"), field("")]))).toEqual([Buffer.from("a"), Buffer.alloc(0)])
    expect(fieldsOfKey(Buffer.concat([field("a"), Buffer.of(0, 0)]))).toBeUndefined()
    expect(fieldsOfKey(Buffer.of(0, 0, 0, 9, 1))).toBeUndefined()
  })
})
