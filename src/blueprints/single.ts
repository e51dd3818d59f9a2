import type { Cloud, Place } from "../aws/cloud.ts"
import type { Blueprint } from "../engine/types.ts"
import { wishesOf } from "../engine/wishes.ts"
import { filesOfNodes } from "../nodes/files.ts"
import { systems } from "../nodes/systems.ts"
import { stateBucket } from "../steps/bucket.ts"
import { image, zones } from "../steps/choice.ts"
import { instance } from "../steps/instance.ts"
import { instanceProfile } from "../steps/instance-profile.ts"
import { keyPair } from "../steps/key-pair.ts"
import { record } from "../steps/record.ts"
import { nodeRole } from "../steps/role.ts"
import { type DataWish, dataOf } from "./data.ts"
import { type FrontWish, frontOf } from "./front.ts"
import { groupsOf } from "./groups.ts"
import { type NetworkWish, networkOf } from "./network.ts"
import { secretsOf } from "./secrets.ts"
import { mounts, type StorageWish, storageOf } from "./storage.ts"
import { type SystemsWish, systemsOf } from "./systems.ts"
import { type WatchingWish, watchingOf } from "./watching.ts"

export interface SingleWish extends NetworkWish, FrontWish, DataWish, WatchingWish, StorageWish, SystemsWish {
  readonly place: Place
  readonly instanceType: string
  readonly diskGb: number
  /** Left out, it is what an earlier run was told. */
  readonly allowedCidrs?: readonly string[] | undefined
  /** As in OpenSSH's `.pub` file. */
  readonly publicKey?: string | undefined
}

/** The proof of concept: one node in a network of its own. */
export function single(wish: SingleWish): Blueprint<Cloud> {
  const { place, instanceType } = wish
  const home = zones({ scope, instanceType })
  const network = networkOf({ ...wish, scope, zones: home })
  const groups = groupsOf({ ...wish, scope }, network.vpc)
  const secrets = secretsOf({ scope, systems: wish.systems })
  const data = dataOf({ ...wish, scope, zones: home, network, groups, secrets })
  const storage = storageOf({ ...wish, scope, zones: home })
  const key = wish.publicKey ? keyPair({ scope, name: "node", publicKey: wish.publicKey }) : undefined
  const bucket = stateBucket(place)
  const node = instance({
    scope,
    name: "node",
    instanceType,
    diskGb: wish.diskGb,
    publicAddress: wish.egress === "public-ip",
    image: image({ scope, instanceType }),
    ...network.home,
    group: groups.app,
    profile: instanceProfile({ scope, name: "node", role: nodeRole({ place, scope, name: "node" }) }),
    key,
    data: storage.influx,
    boot: { bucket: bucket.spec.bucket, files: filesOfNodes().sha },
  })
  const running = systemsOf({
    ...wish,
    scope,
    bucket,
    instance: node,
    volume: storage.influx,
    ...data,
    secrets: secrets.steps,
  })
  const group = groups.loadBalancer
  const front = group && frontOf({ ...wish, scope, network, group, node })
  const watching = watchingOf({
    ...wish,
    scope,
    node: { step: node, instanceType, mounts },
    database: { step: data.database, instanceClass: wish.databaseClass, storageGb: wish.databaseGb },
    cache: data.cache,
    front,
    systems: running.systems.map((ready) => ({ name: ready.name, ready })),
    logs: systems,
  })
  const rest = [...storage.steps, ...(front?.steps ?? []), ...watching.steps, ...running.steps]
  const steps = [...network.steps, ...data.steps, ...secrets.steps, ...(key ? [key] : []), node, ...rest]
  const first = record({ scope, bucket, wishes: wishesOf([bucket, ...steps]) })
  return { name: "single", scopes: [scope], first, steps }
}

const scope = "poc"
