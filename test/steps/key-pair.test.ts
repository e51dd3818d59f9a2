import { ImportKeyPairCommand } from "@aws-sdk/client-ec2"
import { describe, expect, it } from "vitest"
import { keyPair } from "../../src/steps/key-pair.ts"
import { bench } from "./bench.ts"
import { seesAndRepairs } from "./tamper.ts"

const on = bench()
const scope = "poc"

/** Public keys of nobody: the type's name and 32 bytes, each with its length before it. */
const publicKey = (byte: number) => {
  const part = (bytes: Buffer) => Buffer.concat([Buffer.from([0, 0, 0, bytes.length]), bytes])
  return `ssh-ed25519 ${Buffer.concat([part(Buffer.from("ssh-ed25519")), part(Buffer.alloc(32, byte))]).toString("base64")}`
}
const key = keyPair({ scope, name: "node", publicKey: `${publicKey(1)} me@desk\n` })

describe("a key pair", () => {
  it("is the public half that was given, without its comment", async () => {
    await on.make(key)
    expect(await on.live(key)).toMatchObject({ keyName: "smart0dte-poc-node", publicKey: publicKey(1) })
    expect((await on.see(key)).state).toBe("same")
  })

  seesAndRepairs(on, () => key, {}, ["keyName", "publicKey"])

  it("is replaced for another key", async () => {
    const other = keyPair({ scope, name: "node", publicKey: publicKey(2) })
    expect((await on.see(other)).state).toBe("replace")
    await on.make(other)
    expect((await on.live(other)).publicKey).toBe(publicKey(2))
    await on.unmake(false, other)
  })

  it("stops before a foreign key of its name", async () => {
    const PublicKeyMaterial = Buffer.from(publicKey(3))
    await on.cloud.ec2.send(new ImportKeyPairCommand({ KeyName: "smart0dte-poc-node", PublicKeyMaterial }))
    expect(await on.see(key)).toMatchObject({ state: "blocked", because: expect.stringContaining("not ours") })
  })
})
