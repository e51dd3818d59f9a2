import type * as ec2 from "@aws-sdk/client-ec2"
import { type Call, handlers, Refusal } from "../../service.ts"
import { type KeyPairRecord, keyPairs } from "./records/security.ts"
import { type Fields, select } from "./rules/filter.ts"
import { live, rows, save } from "./rules/kind.ts"
import { invalidValue, required } from "./rules/refusals.ts"
import { checkTagTypes, dropTags, tagAtBirth, tagsView } from "./rules/tags.ts"
import { readSshKey } from "./ssh-key.ts"

/** Imported ones only: CreateKeyPair would send a private key over the wire. */
export const keyPairHandlers = handlers<typeof ec2>()({
  ImportKeyPair(input, call) {
    checkTagTypes(input.TagSpecifications, ["key-pair"])
    const name = keyName(required(input.KeyName, "KeyName"))
    const key = readSshKey(Buffer.from(required(input.PublicKeyMaterial, "PublicKeyMaterial")).toString("utf8"))
    if (!key) throw new Refusal("InvalidKey.Format", "Key is not in valid OpenSSH public key format")
    if (findByName(call, name)) {
      throw new Refusal("InvalidKeyPair.Duplicate", `The keypair '${name}' already exists.`)
    }
    const pair = save(call, keyPairs, { id: call.id("key"), name, created: call.now, ...key })
    tagAtBirth(call, keyPairs, pair.id, input.TagSpecifications)
    const { KeyName, KeyPairId, KeyFingerprint, Tags } = view(call, pair)
    return { KeyName, KeyPairId, KeyFingerprint, Tags }
  },

  DescribeKeyPairs(input, call) {
    const found = select(call, keyPairs, input.KeyPairIds, input.Filters, fields)
    const names = input.KeyNames ?? []
    const unknown = names.find((name) => !findByName(call, name))
    if (unknown) throw new Refusal(keyPairs.notFound, keyPairs.lost(unknown))
    const wanted = names.length ? found.filter((pair) => names.includes(pair.name)) : found
    return {
      KeyPairs: wanted.map((pair) => ({
        ...view(call, pair),
        PublicKey: input.IncludePublicKey ? pair.publicKey : undefined,
      })),
    }
  },

  /** AWS answers a name that it doesn't know like one that it deletes. */
  DeleteKeyPair(input, call) {
    const pair = input.KeyPairId
      ? rows(call, keyPairs).get(input.KeyPairId)
      : findByName(call, required(input.KeyName, "KeyName"))
    if (!pair) return { Return: true }
    rows(call, keyPairs).delete(pair.id)
    dropTags(call, pair.id)
    return { Return: true, KeyPairId: pair.id }
  },
})

/** Launching names the key, not its id. */
export const findKeyByName = (call: Call, name: string): KeyPairRecord => {
  const pair = findByName(call, name)
  if (!pair) throw new Refusal(keyPairs.notFound, keyPairs.lost(name))
  return pair
}

const findByName = (call: Call, name: string): KeyPairRecord | undefined =>
  live(call, keyPairs).find((pair) => pair.name === name)

const fields: Fields<KeyPairRecord> = {
  fingerprint: (pair) => pair.fingerprint,
  "key-name": (pair) => pair.name,
  "key-pair-id": (pair) => pair.id,
}

const view = (call: Call, pair: KeyPairRecord): ec2.KeyPairInfo => ({
  KeyPairId: pair.id,
  KeyName: pair.name,
  KeyType: pair.type,
  KeyFingerprint: pair.fingerprint,
  CreateTime: new Date(pair.created),
  Tags: tagsView(call, pair.id),
})

const keyName = (name: string): string => {
  if (/^[\x20-\x7e]{1,255}$/.test(name) && name === name.trim()) return name
  throw invalidValue(name, "KeyName", "Names are up to 255 ASCII characters without spaces at either end.")
}
