import { subnet } from "../../src/steps/subnet.ts"
import { vpc } from "../../src/steps/vpc.ts"
import { standIn } from "./bench.ts"

// What most things stand on.
export const scope = "poc"
/** What something with data is made from, where nobody wished for anything. */
export const madeEmpty = standIn({ value: "new" })
export const zones = standIn({ value: "us-east-1a,us-east-1b" })
export const main = vpc({ scope, name: "main", cidr: "10.20.0.0/16" })
export const inside = subnet({ scope, name: "private-a", cidr: "10.20.1.0/24", vpc: main, zones, zone: 0 })
export const outside = subnet({ scope, name: "public-a", cidr: "10.20.10.0/24", vpc: main, zones, zone: 0 })
