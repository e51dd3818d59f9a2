import {
  DeleteKeyPairCommand,
  DescribeKeyPairsCommand,
  ImportKeyPairCommand,
  type KeyPairInfo,
  paginateDescribeInstances,
} from "@aws-sdk/client-ec2"
import type { Cloud } from "../cloud.ts"
import { everyItem } from "../pages.ts"
import { identityOf, tagSpecification } from "../tags.ts"

/** A key pair as EC2 has it: never more than its public half. */
export interface KeyPairSeen {
  readonly id: string
  readonly name: string
  readonly type: string
  /** As EC2 shows it, in one of several forms. */
  readonly fingerprint: string
  readonly created: Date | undefined
  /** `keypair` made it, an environment did, or somebody else. */
  readonly of: "keypair" | "somebody else" | { readonly environment: string }
}

/** What `keypair` makes belongs to people, and no run of an environment ever takes it away. */
const scope = "people"

export async function keyPairs(ctx: Cloud): Promise<readonly KeyPairSeen[]> {
  const { KeyPairs = [] } = await ctx.ec2.send(new DescribeKeyPairsCommand({}))
  return KeyPairs.map(seen).toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

export async function importKeyPair(ctx: Cloud, name: string, publicKey: string): Promise<void> {
  await ctx.ec2.send(
    new ImportKeyPairCommand({
      KeyName: name,
      PublicKeyMaterial: new TextEncoder().encode(publicKey),
      TagSpecifications: [tagSpecification({ scope, key: `key-pair/${name}` }, "key-pair")],
    }),
  )
}

/** By id: a pair of the same name that somebody has made since is another one. */
export async function deleteKeyPair(ctx: Cloud, { id }: Pick<KeyPairSeen, "id">): Promise<void> {
  await ctx.ec2.send(new DeleteKeyPairCommand({ KeyPairId: id }))
}

/** The instances that were given each key when they were made, by the key's name. */
export async function instancesByKey(ctx: Cloud): Promise<ReadonlyMap<string, readonly string[]>> {
  const Filters = [{ Name: "instance-state-name", Values: ["pending", "running", "stopping", "stopped"] }]
  const reservations = await everyItem(
    paginateDescribeInstances({ client: ctx.ec2 }, { Filters }),
    (page) => page.Reservations,
  )
  const all = reservations.flatMap(({ Instances = [] }) => Instances)
  const withKey = all.flatMap(({ InstanceId, KeyName }) => (InstanceId && KeyName ? [{ InstanceId, KeyName }] : []))
  return new Map(
    withKey.map(({ KeyName }) => [
      KeyName,
      withKey.filter((one) => one.KeyName === KeyName).map(({ InstanceId }) => InstanceId),
    ]),
  )
}

function seen({ KeyPairId = "", KeyName = "", KeyType, KeyFingerprint = "", CreateTime, Tags }: KeyPairInfo) {
  const whose = identityOf(Tags)?.scope
  return {
    id: KeyPairId,
    name: KeyName,
    type: KeyType ?? "unknown",
    fingerprint: KeyFingerprint,
    created: CreateTime,
    of:
      whose === undefined
        ? ("somebody else" as const)
        : whose === scope
          ? ("keypair" as const)
          : { environment: whose },
  }
}
