/** What somebody pays for, in the order in which a bill is read. */
export const costGroups = [
  "compute",
  "database",
  "cache",
  "network",
  "front",
  "storage",
  "watching",
  "secrets",
] as const
export type CostGroup = (typeof costGroups)[number]

/** A kind that costs something and has no row here is one that a bill would not show; a test looks. */
const groupOfKind: Readonly<Record<string, CostGroup>> = {
  address: "network",
  alarm: "watching",
  bucket: "storage",
  cache: "cache",
  dashboard: "watching",
  database: "database",
  instance: "compute",
  "load-balancer": "front",
  "nat-gateway": "network",
  secret: "secrets",
  volume: "storage",
}

export function groupOf(kind: string): CostGroup | undefined {
  return Object.hasOwn(groupOfKind, kind) ? groupOfKind[kind] : undefined
}
