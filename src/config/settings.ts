import * as z from "zod/mini"
import { billingSchema, bootstrapSchema } from "./account.ts"
import { asRange, problemOfAllowed, problemOfNetwork } from "./cidr.ts"
import { gatewaySchema, liveSchema } from "./gateway.ts"
import { regions } from "./regions.ts"
import { systemsSchema } from "./systems.ts"

const matching = (pattern: RegExp, expected: string) => z.string(expected).check(z.regex(pattern, expected))

const oneOf = <const Names extends readonly string[]>(names: Names) =>
  z.enum(names, `expected ${names.slice(0, -1).join(", ")} or ${names.at(-1)}`)

const likeDomain = "expected a domain in lower case, such as trading.example.com"

// With the systems' own names before it, a name still has no more than AWS's 64 letters.
const domainPattern = /^(?=.{4,52}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/

const likeRange = { error: "expected an IPv4 range such as 203.0.113.0/24", abort: true }

const range = (problem: (text: string) => string | undefined) =>
  z.string(likeRange).check(z.regex(/^\d+(\.\d+){3}(\/\d+)?$/, likeRange), ({ value, issues }) => {
    const message = problem(asRange(value))
    if (message !== undefined) issues.push({ code: "custom", message, input: value })
  })

const ranges = z.pipe(
  z
    .array(range(problemOfAllowed), "expected a list of IPv4 ranges")
    .check(z.minLength(1, "expected at least one range")),
  z.transform((given): readonly string[] => [...new Set(given.map(asRange))]),
)

const major = "expected a major version of PostgreSQL such as 15"
const databaseSize = "expected a whole number of GB from 20 to 16384"
const listOf = (pattern: RegExp, expected: string) => z.array(matching(pattern, expected), `${expected}, or a list`)

/** The lengths that CloudWatch Logs knows, as far as a month's bill may have them. */
const logDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const

const size = "expected a whole number of GB from 8 to 16384"

/** Every key of smart0dte.yaml, each also a flag and a variable. What is said here is what the published schema says. */
export const settingsSchema = z.strictObject({
  account: z
    .optional(matching(/^\d{12}$/, "expected the 12 digits of an AWS account"))
    .check(z.describe("The only AWS account that may be changed; other credentials are refused.")),
  region: z
    ._default(z.enum(regions, "expected an AWS region such as us-east-1"), "us-east-1")
    .check(z.describe("The AWS region.")),
  profile: z
    .optional(matching(/^\S+$/, "expected the name of a profile"))
    .check(z.describe("The profile of the AWS credentials file to use.")),
  env: z
    .optional(oneOf(["poc", "dev", "stage", "prod"]))
    .check(z.describe("The environment that commands without a target work on.")),
  egress: z
    ._default(oneOf(["nat", "public-ip"]), "nat")
    .check(z.describe("How the node reaches the internet: a NAT gateway, or a public address with no way in.")),
  allowedCidrs: z
    .optional(ranges)
    .check(z.describe("Who may reach the load balancer: IPv4 ranges, or single addresses.")),
  loadBalancer: z
    ._default(z.boolean("expected true or false"), true)
    .check(
      z.describe("Whether a load balancer stands in front. Without it, `open` reaches the systems through a tunnel."),
    ),
  domain: z
    .optional(z.string(likeDomain).check(z.regex(domainPattern, likeDomain)))
    .check(z.describe("The systems get names below it, and HTTPS: smart-0dte.<domain> and mag7-7dte.<domain>.")),
  vpcCidr: z
    ._default(range(problemOfNetwork), "10.20.0.0/16")
    .check(z.describe("The private IPv4 range of the network, from /16 to /22.")),
  instanceType: z
    ._default(matching(/^[a-z][a-z0-9-]*\.[a-z0-9-]+$/, "expected an EC2 instance type such as t3.xlarge"), "t3.xlarge")
    .check(z.describe("The EC2 instance type of the node.")),
  diskGb: z
    ._default(z.int(size).check(z.gte(8, size), z.lte(16384, size)), 100)
    .check(z.describe("The size of the node's disk in GB. It can grow, and never shrink.")),
  databaseMajor: z
    ._default(z.int(major).check(z.gte(13, major), z.lte(99, major)), 15)
    .check(z.describe("The major version of PostgreSQL. AWS takes a database to a higher one, and never back.")),
  databaseClass: z
    ._default(
      matching(/^db\.[a-z0-9-]+\.[a-z0-9-]+$/, "expected an RDS instance class such as db.t3.small"),
      "db.t3.small",
    )
    .check(z.describe("The RDS instance class of the database.")),
  databaseGb: z
    ._default(z.int(databaseSize).check(z.gte(20, databaseSize), z.lte(16384, databaseSize)), 50)
    .check(z.describe("The database's storage in GB. It grows by itself up to four times that, and never shrinks.")),
  cacheEngine: z
    ._default(oneOf(["valkey", "redis"]), "valkey")
    .check(z.describe("What the cache runs: valkey, or redis, which costs a quarter more.")),
  cacheType: z
    ._default(
      matching(/^cache\.[a-z0-9-]+\.[a-z0-9-]+$/, "expected an ElastiCache node type such as cache.t3.micro"),
      "cache.t3.micro",
    )
    .check(z.describe("The ElastiCache node type of the cache.")),
  email: z
    ._default(listOf(/^[^@\s,]+@[^@\s,]+\.[^@\s,]+$/, "expected an e-mail address such as ops@example.com"), [])
    .check(z.describe("Who is told of alarms by e-mail; each has to confirm it once.")),
  sms: z
    ._default(listOf(/^\+[1-9]\d{6,14}$/, "expected a telephone number such as +12025550123"), [])
    .check(z.describe("Who is told of alarms by text message: telephone numbers with their country's code.")),
  webhook: z
    ._default(listOf(/^https:\/\/[^\s,]+$/, "expected an address that begins with https://"), [])
    .check(z.describe("Who is told of alarms by HTTPS; what answers there has to confirm it once.")),
  logDays: z
    ._default(z.literal([...logDays], `expected one of ${logDays.join(", ")}`), 30)
    .check(z.describe("After how many days the lines that containers write are deleted.")),
  flowLogs: z
    ._default(z.boolean("expected true or false"), false)
    .check(z.describe("Whether the network's traffic is logged to a bucket.")),
  publicKey: z
    .optional(matching(/\S/, "expected the path of an OpenSSH public key"))
    .check(z.describe("The path of an OpenSSH public key for SSH through Session Manager. ~ is the home folder.")),
  systems: z
    ._default(systemsSchema, {})
    .check(z.describe("What is to be run of the two systems; what is left out is known of them.")),
  gateway: z
    ._default(gatewaySchema, { livePort: 4003, paperPort: 4004 })
    .check(z.describe("The gateway to the broker, which runs beside the systems.")),
  bootstrap: z
    ._default(bootstrapSchema, { with: [], without: [], contacts: {} })
    .check(z.describe("What the account itself is given by bootstrap.")),
  billing: z
    ._default(billingSchema, {})
    .check(
      z.describe(
        "At which spending somebody is told: thresholds, budget, actual, forecast. What is left out stays as it is.",
      ),
    ),
  live: z._default(liveSchema, { approval: "optional" }).check(z.describe("What going live is bound to.")),
})

export type { AccountItem, BillingConfig, BootstrapConfig, ContactRole } from "./account.ts"
export type { GatewayConfig, LiveConfig } from "./gateway.ts"
export type { SystemsConfig } from "./systems.ts"
export type Settings = Readonly<z.output<typeof settingsSchema>>
