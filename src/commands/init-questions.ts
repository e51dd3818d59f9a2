import type { Choice } from "../app/ask.ts"
import type { Settings } from "../config.ts"
import { type System, systemFacts, systems } from "../nodes/systems.ts"
import { priceOf } from "../prices.ts"

/** By the settings' own keys, as flags have them. */
export type Answers = Readonly<Record<string, unknown>>

/** What the account and this machine know, for questions to begin with. */
export interface Known {
  readonly account: string | undefined
  /** Who may come in already, or else where this machine is seen to come from. */
  readonly allowed: string | undefined
  /** Whether the account is the sandbox's, which no real credentials are ever of. */
  readonly sandbox: boolean
  /** Of AWS credentials on this machine; none where they are not what runs would use. */
  readonly profiles: readonly string[]
}

export interface Question {
  readonly name: string
  readonly ask: string
  /** Whether it makes sense after what was answered so far. */
  when?(settings: Settings, known: Known): boolean
  /** What stands there before anybody types. */
  preset(settings: Settings, known: Known): string
  /** One of these; without it, a line is typed. */
  choices?(settings: Settings, known: Known): readonly Choice[]
  answers(text: string, settings: Settings): Answers
}

const plain =
  (key: keyof Settings & string) =>
  (text: string): Answers => ({ [key]: text === "" || text === "none" ? undefined : text })

const sizes = (start: string, now: string): readonly Choice[] => {
  const known = priced.filter((name) => name.startsWith(start) && priceOf(skuOf(name)) !== undefined)
  return [...new Set([...known, now])].map((value) => ({ value, name: value }))
}

const priced = [
  ...["t3.medium", "t3.large", "t3.xlarge", "t3.2xlarge"],
  ...["db.t3.small", "db.t3.medium", "cache.t3.micro", "cache.t3.small"],
]

const skuOf = (name: string) => {
  if (name.startsWith("cache.")) return `elasticache/valkey/${name}`
  return name.startsWith("db.") ? `rds/${name}` : `ec2/${name}`
}

const named = (...names: readonly (readonly [value: string, name: string])[]): readonly Choice[] =>
  names.map(([value, name]) => ({ value, name }))

export const questions: readonly Question[] = [
  {
    name: "profile",
    ask: "which credentials",
    when: (_, { profiles }) => profiles.length > 0,
    preset: ({ profile = "none" }) => profile,
    choices: ({ profile }, { profiles }) => [
      ...named(["none", "those that the AWS SDK finds: variables, the default profile, an instance's role"]),
      ...[...new Set([...profiles, ...(profile === undefined ? [] : [profile])])].map((value) => ({
        value,
        name: `the profile ${value}`,
      })),
    ],
    answers: plain("profile"),
  },
  {
    name: "region",
    ask: "AWS region",
    preset: ({ region }) => region,
    answers: plain("region"),
  },
  {
    name: "account",
    ask: "may runs work in other accounts, too?",
    when: (_, { account }) => account !== undefined,
    preset: (settings, { account = "", sandbox }) => settings.account ?? (sandbox ? "none" : account),
    choices: (_, { account = "" }) => named([account, `no, only in ${account}`], ["none", "yes, in any"]),
    answers: plain("account"),
  },
  {
    name: "topology",
    ask: "what is built",
    preset: () => "single",
    choices: () => [
      { value: "single", name: "single: one node for both systems, the environment poc" },
      { value: "multi", name: "multi: dev, stage and prod", closed: "not built yet" },
    ],
    // A target is said to each command, and never kept in the file.
    answers: () => ({}),
  },
  {
    name: "instanceType",
    ask: "size of the node",
    preset: ({ instanceType }) => instanceType,
    choices: ({ instanceType }) => sizes("t3.", instanceType),
    answers: plain("instanceType"),
  },
  { name: "diskGb", ask: "the node's disk, in GB", preset: ({ diskGb }) => String(diskGb), answers: plain("diskGb") },
  {
    name: "databaseClass",
    ask: "size of the database",
    preset: ({ databaseClass }) => databaseClass,
    choices: ({ databaseClass }) => sizes("db.", databaseClass),
    answers: plain("databaseClass"),
  },
  {
    name: "databaseGb",
    ask: "the database's storage, in GB",
    preset: ({ databaseGb }) => String(databaseGb),
    answers: plain("databaseGb"),
  },
  {
    name: "cacheEngine",
    ask: "what the cache runs",
    preset: ({ cacheEngine }) => cacheEngine,
    choices: () => named(["valkey", "Valkey"], ["redis", "Redis"]),
    answers: plain("cacheEngine"),
  },
  {
    name: "cacheType",
    ask: "size of the cache",
    preset: ({ cacheType }) => cacheType,
    choices: ({ cacheType }) => sizes("cache.", cacheType),
    answers: plain("cacheType"),
  },
  {
    name: "egress",
    ask: "the node's way out",
    preset: ({ egress }) => egress,
    choices: () => named(["nat", "a NAT gateway"], ["public-ip", "a public address with no way in"]),
    answers: plain("egress"),
  },
  {
    name: "loadBalancer",
    ask: "a load balancer in front?",
    preset: ({ loadBalancer }) => String(loadBalancer),
    choices: () => named(["true", "yes"], ["false", "no: smart0dte open leads there by a tunnel"]),
    answers: plain("loadBalancer"),
  },
  {
    name: "allowedCidrs",
    ask: "who may reach it: addresses or ranges, with commas",
    when: ({ loadBalancer }) => loadBalancer,
    preset: ({ allowedCidrs }, { allowed = "" }) => allowedCidrs?.join(", ") ?? allowed,
    // There is no "none": nothing else is asked for that has no usual value.
    answers: (allowedCidrs) => ({ allowedCidrs }),
  },
  {
    name: "domain",
    ask: "a domain for names and HTTPS (none: ports over HTTP)",
    when: ({ loadBalancer }) => loadBalancer,
    preset: ({ domain = "none" }) => domain,
    answers: plain("domain"),
  },
  {
    name: "email",
    ask: "who is told of alarms by e-mail, with commas (none: nobody)",
    preset: ({ email }) => email.join(", ") || "none",
    answers: plain("email"),
  },
  {
    name: "budget",
    ask: "the account's monthly budget in USD (none: 1.15 times the plan)",
    preset: ({ billing: { budget = "none" } }) => String(budget),
    answers: (text, { billing: { budget: _, ...billing } }) => ({
      billing: text === "none" ? billing : { ...billing, budget: /^[\d.]+$/.test(text) ? Number(text) : text },
    }),
  },
  ...systems.map(
    (system): Question => ({
      name: `repository of ${system}`,
      ask: `git repository of ${system}`,
      preset: ({ systems: all }) => all[system]?.repository ?? systemFacts[system].repository,
      answers: (text, settings) => ({ systems: withRepository(settings, system, text) }),
    }),
  ),
]

/** What is known without being said need not be written. */
function withRepository({ systems: all }: Settings, system: System, repository: string) {
  if (all[system]?.repository === undefined && repository === systemFacts[system].repository) return all
  return { ...all, [system]: { ...all[system], repository } }
}
