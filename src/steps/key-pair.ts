import {
  CreateTagsCommand,
  DeleteKeyPairCommand,
  DeleteTagsCommand,
  DescribeKeyPairsCommand,
  ImportKeyPairCommand,
} from "@aws-sdk/client-ec2"
import { bearing, onAnything, onOwn, onUnclaimed } from "../aws/allow.ts"
import { idOf, type KeyPairId } from "../aws/ids.ts"
import { listed } from "../aws/listed.ts"
import { nameFor } from "../aws/names.ts"
import { type CloudKind, step } from "../aws/step.ts"
import { adoptionTags, scopeFilter, tagKeys, tagSpecification } from "../aws/tags.ts"
import type { Scope } from "../engine/types.ts"
import { NotFound } from "../errors.ts"

/** The public half of a key that was made elsewhere; the private half never comes near AWS. */
export interface KeyPair {
  readonly id: KeyPairId
  readonly keyName: string
  /** Type and key, without the comment. */
  readonly publicKey: string
}

export interface KeyPairWish {
  readonly scope: Scope
  readonly name: string
  /** As in OpenSSH's `.pub` file. */
  readonly publicKey: string
}

export const keyPair = ({ scope, name, publicKey }: KeyPairWish) => {
  const keyName = nameFor(scope, name)
  const key = bare(publicKey)
  return step({
    kind: keyPairKind,
    name,
    scope,
    needs: {},
    spec: { keyName, publicKey: key },
    async occupant(ctx) {
      try {
        const command = new DescribeKeyPairsCommand({ KeyNames: [keyName], IncludePublicKey: true })
        const { KeyPairs = [] } = await ctx.ec2.send(command)
        return KeyPairs.map(liveOf)[0]
      } catch (error) {
        if (error instanceof NotFound) return undefined
        throw error
      }
    },
    async create(ctx, _, birth) {
      await ctx.ec2.send(
        new ImportKeyPairCommand({
          KeyName: keyName,
          PublicKeyMaterial: new TextEncoder().encode(key),
          TagSpecifications: [tagSpecification(birth, "key-pair")],
        }),
      )
    },
    async adopt(ctx, { id }, birth) {
      await ctx.ec2.send(new CreateTagsCommand({ Resources: [id], Tags: adoptionTags(birth) }))
    },
  })
}

export const keyPairKind: CloudKind<KeyPair> = {
  name: "key-pair",
  unique: "name",
  async list(ctx, scopes) {
    const command = new DescribeKeyPairsCommand({ Filters: [scopeFilter(scopes)], IncludePublicKey: true })
    const { KeyPairs = [] } = await ctx.ec2.send(command)
    return listed("key-pair", KeyPairs, (pair) => ({ live: liveOf(pair), phase: "ready" }))
  },
  async destroy(ctx, { id }) {
    await ctx.ec2.send(new DeleteKeyPairCommand({ KeyPairId: id }))
    return undefined
  },
  async release(ctx, { id }) {
    const Tags = Object.values(tagKeys).map((Key) => ({ Key }))
    await ctx.ec2.send(new DeleteTagsCommand({ Resources: [id], Tags }))
  },
  fixed: ["keyName", "publicKey"],
  blank: { id: "key-new", keyName: "", publicKey: "" },
  allow: [
    onAnything("ec2:DescribeKeyPairs"),
    ...bearing("ec2:ImportKeyPair", "key-pair"),
    // One that is adopted carries no tag of ours yet.
    onUnclaimed("key-pair", ["ec2:CreateTags"], true),
    onOwn("key-pair", "ec2:DeleteKeyPair", "ec2:DeleteTags"),
  ],
  usually: { create: 1, destroy: 1 },
}

interface Described {
  readonly KeyPairId?: string | undefined
  readonly KeyName?: string | undefined
  readonly PublicKey?: string | undefined
}

const liveOf = ({ KeyPairId, KeyName = "", PublicKey = "" }: Described): KeyPair => ({
  id: idOf("key", KeyPairId),
  keyName: KeyName,
  publicKey: bare(PublicKey),
})

const bare = (publicKey: string) => publicKey.trim().split(/\s+/).slice(0, 2).join(" ")
