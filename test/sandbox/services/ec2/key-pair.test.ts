import { expect, test } from "vitest"
import { rig } from "./rig.ts"

// Made with ssh-keygen; the fingerprints are openssl's (MD5 of the DER) and ssh-keygen's (SHA-256).
const rsa =
  "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQCdVqB83DyL9AGnZX8naCDxgWta0/oOni3IVFLXi7OcM2R40oJq2/sse8WcW30Qx+Ls/OBjzeTac+ndrQB66gMhe+ss1q4cvQj5tkd8r4H0j5mMvdIY+pZef9JN6DDbLFpnr84nFFVeAspJ9uWJNHFhXmnDRbByXmOIBQ811qu0SrM3U5f4tYeMnCX0A8b9eefzs5P46nbm/zXxIOTmtbJJOJMvSuwSMCiqY5LXATOdtvvgS6ueJ0J02cdC38aoOGTDTE51852rsRFeDa2M1kp7vxBFKB7kqhJs0+abOEhPepbKeu3vBIDogCTDbMd2SgWzpTtzo+zCF5XwhgGO2O75 me"
const ed25519 = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBRBE2/ooJB05+XX7m3u617xWs/eMMqc43gw2yjSZTs+ me"

test.each([
  ["rsa", rsa, "d9:67:f1:11:ef:3e:62:1e:ee:59:31:b9:60:1f:03:da"],
  ["ed25519", ed25519, "lCOPuvnjqbHM9sqwGDOCFDKB0EaqVdyuoQ99jgjHkYM="],
])("an imported %s key has the fingerprint that AWS shows", (type, text, fingerprint) => {
  const aws = rig()
  const made = aws.run("ImportKeyPair", { KeyName: "key", PublicKeyMaterial: Buffer.from(`${text}\n`) })
  expect(made.KeyFingerprint).toBe(fingerprint)
  const [shown] = aws.run("DescribeKeyPairs", { KeyNames: ["key"], IncludePublicKey: true }).KeyPairs ?? []
  expect(shown).toMatchObject({ KeyPairId: made.KeyPairId, KeyType: type, PublicKey: text })
  const [plain] = aws.run("DescribeKeyPairs", { Filters: [{ Name: "key-name", Values: ["k*"] }] }).KeyPairs ?? []
  expect(plain?.PublicKey).toBeUndefined()
})

test("a key is deleted by name or id, and an unknown one without complaint", () => {
  const aws = rig()
  for (const KeyName of ["a", "b"]) aws.run("ImportKeyPair", { KeyName, PublicKeyMaterial: Buffer.from(ed25519) })
  const ids = () => (aws.run("DescribeKeyPairs", {}).KeyPairs ?? []).map((pair) => pair.KeyPairId)
  expect(aws.run("DeleteKeyPair", { KeyName: "c" }).Return).toBe(true)
  expect(ids()).toHaveLength(2)
  aws.run("DeleteKeyPair", { KeyName: "a" })
  aws.run("DeleteKeyPair", { KeyPairId: ids()[0] })
  expect(ids()).toEqual([])
})
