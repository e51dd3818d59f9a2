import * as z from "zod/mini"
import { closest } from "./closest.ts"

const named = (pattern: RegExp, expected: string) => z.string(expected).check(z.regex(pattern, expected))

/** Says which keys there are, where one is wrong. */
const strict = <Shape extends z.core.$ZodShape>(shape: Shape) => {
  const keys = Object.keys(shape)
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code !== "unrecognized_keys") return `expected keys such as ${keys[0]}, each with a value`
      const meant = closest(issue.keys[0] ?? "", keys)
      return meant === undefined ? `expected one of ${keys.join(", ")}` : `did you mean ${meant}?`
    },
  })
}

const text = z
  .string("expected a text; numbers and true or false in quotes")
  .check(z.regex(/^[^\p{Cc}]*$/u, "expected one line; keep longer ones as a secret"))

const variableName = named(/^[A-Za-z_][A-Za-z0-9_]*$/, "expected the name of a variable, such as LOG_LEVEL")
const secretName = named(/^[A-Z][A-Z0-9_]*$/, "expected the name of a secret in capitals, such as POLYGON_API_KEY")
const serviceName = named(/^[a-z0-9][a-z0-9_.-]{0,62}$/, "expected the name of a service in the Compose file")

/** These say where orders go and whether they are real: with another value here, what runs would not be what is told. */
const decided: readonly string[] = [
  "ENABLE_LIVE_TRADING",
  "ENABLE_PAPER_TRADING",
  "ENVIRONMENT",
  "IBKR_CLIENT_ID",
  "IBKR_HOST",
  "IBKR_PAPER_TRADING",
  "IBKR_PORT",
  "PAPER_TRADING",
  "TRADING_MODE",
]

const isDecided = "is decided by the system's mode and gateway: leave it out"

const variables = z
  .record(variableName, text, "expected names with texts, such as LOG_LEVEL: debug")
  .check(z.describe("Variables by name, each a text. No secret belongs here."), ({ value, issues }) => {
    for (const name of Object.keys(value).filter((one) => decided.includes(one)))
      issues.push({ code: "custom", message: `${name} ${isDecided}`, path: [name], input: value })
  })

const port = "expected a port from 1 to 65535"
const codes = 'expected status codes from 200 to 499, such as "200" or "200-399"'
const inside = /^(?!\/)(?!.*\.\.)[A-Za-z0-9._/-]+$/

const health = strict({
  port: z.optional(z.int(port).check(z.gte(1, port), z.lte(65535, port))),
  path: z.optional(named(/^\/[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*$/, "expected a path such as /health")),
  codes: z.optional(named(/^[2-4]\d\d(-[2-4]\d\d)?(,[2-4]\d\d(-[2-4]\d\d)?)*$/, codes)),
}).check(z.describe("How its health is asked for: a path, and the status codes that mean it is well."))

const build = strict({
  context: z.optional(named(inside, "expected a folder inside the repository, such as ./backend")),
  dockerfile: z.optional(
    named(/^(?!\/)[A-Za-z0-9._/-]+$/, "expected a path from the context, such as Dockerfile.prod"),
  ),
  target: z.optional(named(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, "expected the name of a stage of the Dockerfile")),
  args: z.optional(z.record(variableName, text, "expected names with texts")),
}).check(z.describe("What is said of building its image, instead of what the project says."))

const service = strict({
  health: z.optional(health),
  build: z.optional(build),
  start: z
    .optional(named(/^(?=.*\S)[^\p{Cc}]*$/u, "expected a command in one line"))
    .check(z.describe("The command that it starts with, instead of the project's.")),
  memory: z
    .optional(named(/^(([6-9]|[1-9]\d+)m|[1-9]\d*g)$/, "expected an amount of memory such as 512m or 2g, at least 6m"))
    .check(z.describe("The most memory that it may use.")),
  variables: z.optional(variables),
})

const system = strict({
  enabled: z
    ._default(z.boolean("expected true or false"), true)
    .check(z.describe("Whether the system is deployed at all.")),
  repository: z
    .optional(
      named(
        /^(https|ssh):\/\/[A-Za-z0-9.-]+(:\d+)?\/[A-Za-z0-9._~/%+-]+$/,
        "expected an address such as https://github.com/someone/something.git; a token for it belongs in a secret",
      ),
    )
    .check(z.describe("The git repository with its Docker Compose project.")),
  ref: z
    .optional(named(/^[A-Za-z0-9][A-Za-z0-9._/@+-]*$/, "expected a branch, tag or commit; a number in quotes"))
    .check(z.describe("The branch, tag or commit to run. It is fetched once; release fetches it anew.")),
  token: z.optional(secretName).check(z.describe("The secret with the token of a private repository (GIT_TOKEN).")),
  composeFile: z
    .optional(named(inside, "expected a path inside the repository"))
    .check(z.describe("The project's Compose file, where it has another name than usual.")),
  remove: z
    .optional(z.array(serviceName, "expected a list of services"))
    .check(z.describe("Services that are not run, because others do their work (postgres, redis, influxdb).")),
  trading: z
    .optional(z.array(serviceName, "expected a list of services"))
    .check(z.describe("The services that are given the gateway's address (backend).")),
  secrets: z
    .optional(
      z.array(
        secretName.check(({ value, issues }) => {
          if (decided.includes(value)) issues.push({ code: "custom", message: `it ${isDecided}`, input: value })
        }),
        "expected a list of names",
      ),
    )
    .check(z.describe("Secrets that its services receive as variables, besides those that it is known to want.")),
  variables: z.optional(variables),
  services: z
    .optional(z.record(serviceName, service, "expected services of the Compose file by name"))
    .check(z.describe("What is to be said of single services.")),
})

/** What is said of the two systems; what is left out is known of them. */
export const systemsSchema = strict({ "smart-0dte": z.optional(system), "mag7-7dte": z.optional(system) })

export type SystemsConfig = Readonly<z.output<typeof systemsSchema>>

/** In the sandbox no repository of the world is asked: two samples of the same shape come with the program. */
export function withSamples(systems: SystemsConfig): SystemsConfig {
  const sampled = systemNames.map((name) => [name, { enabled: true, repository: sampleOf(name), ...systems[name] }])
  // The names are the schema's own.
  return Object.fromEntries(sampled) as SystemsConfig
}

const systemNames = ["smart-0dte", "mag7-7dte"] as const

const sampleOf = (name: string) => `https://samples.smart0dte.invalid/${name}.git`
