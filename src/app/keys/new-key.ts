import { generateKeyPair, type JsonWebKey, type KeyObject, randomBytes } from "node:crypto"
import { field, numberField } from "./wire.ts"

export type KeyType = "ed25519" | "rsa"

export interface NewKey {
  /** OpenSSH's own format, without a passphrase. */
  readonly privateKey: string
  /** As in a `.pub` file. */
  readonly publicKey: string
}

/** A key made on this machine, from its own random numbers. */
export async function newKey(type: KeyType, comment: string): Promise<NewKey> {
  const key = (await generated(type)).export({ format: "jwk" })
  const parts = type === "rsa" ? rsaParts(key) : ed25519Parts(key)
  return {
    publicKey: `${parts.name} ${parts.open.toString("base64")} ${comment}`,
    privateKey: inOpenSsh(parts, comment),
  }
}

const generated = (type: KeyType): Promise<KeyObject> =>
  new Promise((resolve, reject) => {
    const done = (error: Error | null, _open: KeyObject, hidden: KeyObject) => (error ? reject(error) : resolve(hidden))
    if (type === "rsa") generateKeyPair("rsa", { modulusLength: 4096 }, done)
    else generateKeyPair("ed25519", {}, done)
  })

interface Parts {
  readonly name: string
  /** The public key, and what a private one has after its name. */
  readonly open: Buffer
  readonly hidden: Buffer
}

function ed25519Parts({ x = "", d = "" }: JsonWebKey): Parts {
  const [open, seed] = [Buffer.from(x, "base64url"), Buffer.from(d, "base64url")]
  const name = "ssh-ed25519"
  return {
    name,
    open: Buffer.concat([field(name), field(open)]),
    hidden: Buffer.concat([field(open), field(Buffer.concat([seed, open]))]),
  }
}

function rsaParts({ n, e, d, p, q, qi }: JsonWebKey): Parts {
  const name = "ssh-rsa"
  return {
    name,
    open: Buffer.concat([field(name), numberField(e), numberField(n)]),
    hidden: Buffer.concat([n, e, d, qi, p, q].map(numberField)),
  }
}

function inOpenSsh({ name, open, hidden }: Parts, comment: string): string {
  // The same number twice: whoever decrypts one with a wrong passphrase sees them differ.
  const check = randomBytes(4)
  const content = Buffer.concat([check, check, field(name), hidden, field(comment)])
  const filling = Buffer.from(Array.from({ length: -content.length & 7 }, (_, index) => index + 1))
  const count = Buffer.of(0, 0, 0, 1)
  const whole = Buffer.concat([
    Buffer.from("openssh-key-v1\0"),
    field("none"),
    field("none"),
    field(""),
    count,
    field(open),
    field(Buffer.concat([content, filling])),
  ])
  const lines = whole.toString("base64").match(/.{1,70}/g) ?? []
  return ["-----BEGIN OPENSSH PRIVATE KEY-----", ...lines, "-----END OPENSSH PRIVATE KEY-----", ""].join("\n")
}
