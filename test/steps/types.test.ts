import { expect, it } from "vitest"
import { step } from "../../src/aws/step.ts"
import { address } from "../../src/steps/address.ts"
import { flowLog } from "../../src/steps/flow-log.ts"
import { internetGateway } from "../../src/steps/internet-gateway.ts"
import { natGateway } from "../../src/steps/nat-gateway.ts"
import { subnet, subnetKind } from "../../src/steps/subnet.ts"
import { vpc, vpcKind } from "../../src/steps/vpc.ts"
import { standIn } from "./bench.ts"

const scope = "poc"
const zones = standIn({ value: "a,b" })
const main = vpc({ scope, name: "main", cidr: "10.20.0.0/16" })
const inside = subnet({ scope, name: "a", cidr: "10.20.1.0/24", vpc: main, zones, zone: 0 })
const own = address({ scope, name: "nat" })
const gateway = internetGateway({ scope, name: "main", vpc: main })

// What must not compile: each line below is an error, and the compiler says so if one no longer is.
const wrong = () => [
  // @ts-expect-error a subnet is no network
  subnet({ scope, name: "b", cidr: "10.20.2.0/24", vpc: inside, zones, zone: 1 }),
  // @ts-expect-error a network is no choice
  subnet({ scope, name: "b", cidr: "10.20.2.0/24", vpc: main, zones: main, zone: 1 }),
  // @ts-expect-error an address is no subnet
  natGateway({ scope, name: "n", subnet: own, address: own, gateway }),
  // @ts-expect-error a network is no bucket
  flowLog({ scope, name: "l", vpc: main, bucket: main }),
  // @ts-expect-error a number is no range
  step({ kind: vpcKind, name: "m", scope, needs: {}, spec: { cidr: 5 } }),
  // @ts-expect-error a misspelt wish
  step({ kind: vpcKind, name: "m", scope, needs: {}, spec: { cidrr: "10.20.0.0/16" } }),
  // @ts-expect-error a link of the wrong type
  step({ kind: subnetKind, name: "m", scope, needs: { main }, spec: {}, links: () => ({ publicByDefault: "yes" }) }),
  // @ts-expect-error a need that is not there
  step({ kind: subnetKind, name: "m", scope, needs: { main }, spec: {}, links: ({ other }) => ({ vpcId: other.id }) }),
  // @ts-expect-error a field that a need does not have
  step({ kind: subnetKind, name: "m", scope, needs: { main }, spec: {}, links: ({ main }) => ({ vpcId: main.arn }) }),
]

it("refuses, when it is compiled, a thing where another kind of thing belongs", () => {
  expect(wrong).toHaveLength(0)
})
