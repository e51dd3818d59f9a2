import { createHash } from "node:crypto"
import type { Context } from "../context.ts"
import { isUp } from "./life.ts"
import { type ContainerRecord, readEngine } from "./records.ts"

/** Where a container is on one of its networks. It follows from both names, so that nobody need keep it. */
export function addressOf({ id }: ContainerRecord, network: string): string {
  const [second = 0] = createHash("sha256").update(network).digest()
  const [third = 0, fourth = 0] = createHash("sha256").update(id).digest()
  return `172.${18 + (second % 200)}.${third}.${1 + (fourth % 254)}`
}

/** The container that a machine reaches at an address. Names are known on the networks alone, not on the machine. */
export const containerAt = (on: Context, address: string): ContainerRecord | undefined =>
  readEngine(on).containers.find(
    (one) => isUp(on, one) && one.networks.some((network) => addressOf(one, network) === address),
  )
