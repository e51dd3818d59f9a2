/** Engine, version, and the family that its parameter groups are of; oldest first. */
export const engineVersions: readonly (readonly [engine: string, version: string, family: string])[] = [
  ["memcached", "1.6.22", "memcached1.6"],
  ["redis", "6.0", "redis6.x"],
  ["redis", "6.2", "redis6.x"],
  ["redis", "7.0", "redis7"],
  ["redis", "7.1", "redis7"],
  ["valkey", "7.2", "valkey7"],
  ["valkey", "8.0", "valkey8"],
  ["valkey", "8.1", "valkey8"],
  ["valkey", "8.2", "valkey8"],
  ["valkey", "9.0", "valkey9"],
  ["valkey", "9.1", "valkey9"],
]

export const families: readonly string[] = [...new Set(engineVersions.map(([, , family]) => family))]

/** Enough for what is deployed with the tool. */
export const nodeTypes: ReadonlySet<string> = new Set(
  ["t3", "t4g"]
    .flatMap((kind) => ["micro", "small", "medium"].map((size) => `cache.${kind}.${size}`))
    .concat(
      ["m6g", "m7g", "r6g", "r7g"].flatMap((kind) =>
        ["large", "xlarge", "2xlarge", "4xlarge"].map((size) => `cache.${kind}.${size}`),
      ),
    ),
)

export interface KnownParameter {
  readonly name: string
  readonly usual: string
  readonly type: "string" | "integer"
  /** As AWS writes it: a list of words, or a range. */
  readonly allowed: string
  readonly fixed?: true
}

/** Some of those that Valkey and Redis share. */
export const parameters: readonly KnownParameter[] = [
  { name: "acllog-max-len", usual: "128", type: "integer", allowed: "0-10000" },
  { name: "activedefrag", usual: "no", type: "string", allowed: "yes,no" },
  { name: "activerehashing", usual: "yes", type: "string", allowed: "yes,no" },
  { name: "appendonly", usual: "no", type: "string", allowed: "yes,no", fixed: true },
  { name: "cluster-enabled", usual: "no", type: "string", allowed: "yes,no" },
  { name: "databases", usual: "16", type: "integer", allowed: "1-1200000" },
  {
    name: "maxmemory-policy",
    usual: "volatile-lru",
    type: "string",
    allowed: "volatile-lru,allkeys-lru,volatile-lfu,allkeys-lfu,volatile-random,allkeys-random,volatile-ttl,noeviction",
  },
  { name: "maxmemory-samples", usual: "3", type: "integer", allowed: "1-" },
  { name: "notify-keyspace-events", usual: "", type: "string", allowed: "" },
  { name: "reserved-memory-percent", usual: "25", type: "integer", allowed: "0-100" },
  { name: "slowlog-log-slower-than", usual: "10000", type: "integer", allowed: "-1-" },
  { name: "tcp-keepalive", usual: "300", type: "integer", allowed: "0-" },
  { name: "timeout", usual: "0", type: "integer", allowed: "0,20-" },
]

/** Whether a value is one that AWS takes. */
export const isAllowed = ({ type, allowed }: KnownParameter, value: string): boolean => {
  if (type === "string") return allowed === "" || allowed.split(",").includes(value)
  const number = Number(value)
  return /^-?\d+$/.test(value) && allowed.split(",").some((range) => within(range, number))
}

/** `0-100`, `20-` without an end, or a number alone. */
const within = (range: string, number: number): boolean => {
  const [, first = "", dash, last = ""] = /^(-?\d+)(-?)(\d*)$/.exec(range) ?? []
  if (dash === "") return number === Number(first)
  return number >= Number(first) && (last === "" || number <= Number(last))
}
