/** What RDS offers: fixed, so that every run sees the same. The versions are those that were known in August 2026. */
export interface EngineVersion {
  readonly version: string
  readonly major: string
  readonly family: string
  /** An old minor goes on running where it runs, and no new instance gets it. */
  readonly creatable: boolean
}

const minors: Readonly<Record<string, { readonly creatable: readonly number[]; readonly closed: readonly number[] }>> =
  {
    "14": { creatable: [22, 23], closed: [17, 18] },
    "15": { creatable: [16, 17, 18], closed: [4, 9, 12] },
    "16": { creatable: [12, 13, 14], closed: [8] },
    "17": { creatable: [8, 9, 10], closed: [4] },
    "18": { creatable: [3, 4], closed: [] },
  }

export const versions: readonly EngineVersion[] = Object.entries(minors).flatMap(([major, { creatable, closed }]) =>
  [...closed, ...creatable].map((minor) => ({
    version: `${major}.${minor}`,
    major,
    family: `postgres${major}`,
    creatable: creatable.includes(minor),
  })),
)

export const versionOf = (version: string): EngineVersion | undefined => versions.find((one) => one.version === version)

/** What an instance of this version may be upgraded to: a later minor, or a later major. */
export const upgradesOf = (from: EngineVersion): readonly EngineVersion[] =>
  versions.filter((to) => to.creatable && isLater(to.version, from.version))

export const isLater = (a: string, b: string): boolean => {
  const [majorA = 0, minorA = 0] = a.split(".").map(Number)
  const [majorB = 0, minorB = 0] = b.split(".").map(Number)
  return majorA === majorB ? minorA > minorB : majorA > majorB
}

export interface InstanceClass {
  readonly name: string
  /** The earliest and the latest major that it runs. */
  readonly from: number
  readonly to: number
  readonly notIn: readonly string[]
}

const everywhereElse = { notIn: ["us-east-1e"] } as const

export const classes: readonly InstanceClass[] = [
  { name: "db.t3.micro", from: 11, to: 18, ...everywhereElse },
  { name: "db.t3.small", from: 11, to: 18, ...everywhereElse },
  { name: "db.t3.medium", from: 11, to: 18, ...everywhereElse },
  { name: "db.t4g.small", from: 12, to: 18, ...everywhereElse },
  { name: "db.t4g.medium", from: 12, to: 18, ...everywhereElse },
  { name: "db.m4.large", from: 9, to: 12, ...everywhereElse },
  { name: "db.r6g.2xlarge", from: 12, to: 18, ...everywhereElse },
]

/** Storage of its own price and limits, in GB. */
export const storageTypes = {
  gp2: { smallest: 5, largest: 65_536 },
  gp3: { smallest: 20, largest: 65_536 },
} as const satisfies Readonly<Record<string, { readonly smallest: number; readonly largest: number }>>

export const runs = ({ from, to }: InstanceClass, { major }: EngineVersion): boolean =>
  Number(major) >= from && Number(major) <= to

export interface KnownParameter {
  readonly name: string
  readonly type: "boolean" | "integer" | "string"
  readonly allowed?: string
  /** A static one waits for a restart. */
  readonly applies: "dynamic" | "static"
  readonly usual?: string
  readonly modifiable?: false
}

/** Some of the several hundred; another one is refused as unknown. */
export const parameters: readonly KnownParameter[] = [
  { name: "autovacuum", type: "boolean", allowed: "0,1", applies: "dynamic" },
  { name: "idle_in_transaction_session_timeout", type: "integer", allowed: "0-2147483647", applies: "dynamic" },
  { name: "log_connections", type: "boolean", allowed: "0,1", applies: "dynamic" },
  { name: "log_min_duration_statement", type: "integer", allowed: "-1-2147483647", applies: "dynamic" },
  { name: "log_statement", type: "string", allowed: "none,ddl,mod,all", applies: "dynamic" },
  { name: "max_connections", type: "integer", allowed: "6-262143", applies: "static" },
  { name: "rds.force_ssl", type: "boolean", allowed: "0,1", applies: "dynamic", usual: "1" },
  { name: "rds.logical_replication", type: "boolean", allowed: "0,1", applies: "static", usual: "0" },
  { name: "server_version", type: "string", applies: "static", modifiable: false },
  { name: "shared_preload_libraries", type: "string", applies: "static", usual: "pg_stat_statements" },
  { name: "timezone", type: "string", applies: "dynamic", usual: "UTC" },
  { name: "work_mem", type: "integer", allowed: "64-2147483647", applies: "dynamic" },
]
