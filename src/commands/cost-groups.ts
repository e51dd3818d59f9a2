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
  "other",
] as const
export type CostGroup = (typeof costGroups)[number]

/** A kind that costs something has its row here; a test looks. */
const groupOfKind: Readonly<Record<string, CostGroup>> = {
  address: "network",
  alarm: "watching",
  bucket: "storage",
  cache: "cache",
  dashboard: "watching",
  database: "database",
  detector: "watching",
  instance: "compute",
  "kms-key": "secrets",
  "load-balancer": "front",
  "nat-gateway": "network",
  "spending-alarm": "watching",
  recorder: "watching",
  secret: "secrets",
  "security-hub": "watching",
  setting: "compute",
  trading: "watching",
  volume: "storage",
}

export const groupOf = (kind: string): CostGroup =>
  (Object.hasOwn(groupOfKind, kind) ? groupOfKind[kind] : undefined) ?? "other"
