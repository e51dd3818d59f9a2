import * as z from "zod/mini"
import { named, portNumber, strict } from "./strict.ts"

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

/** How the applications call its limits: with another value here, more would be at stake than was confirmed. */
const limited: readonly string[] = ["DAILY_LOSS_LIMIT", "DEFAULT_POSITION_SIZE", "MAX_POSITIONS_PER_USER"]

const isLimited = "is decided by the system's limits: say it there"

const whyNot = (name: string): string | undefined => {
  if (decided.includes(name)) return isDecided
  return limited.includes(name) ? isLimited : undefined
}

const variables = z
  .record(variableName, text, "expected names with texts, such as LOG_LEVEL: debug")
  .check(z.describe("Variables by name, each a text. No secret belongs here."), ({ value, issues }) => {
    for (const name of Object.keys(value)) {
      const why = whyNot(name)
      if (why !== undefined) issues.push({ code: "custom", message: `${name} ${why}`, path: [name], input: value })
    }
  })

const port = "expected a port from 1 to 65535"
const codes = 'expected status codes from 200 to 499, such as "200" or "200-399"'
const inside = /^(?!\/)(?!.*\.\.)[A-Za-z0-9._/-]+$/

const health = strict({
  port: z.optional(portNumber(port)),
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

const amount = "expected an amount in dollars from 0.01 to 1000000000, with two decimals at the most"
const count = "expected a whole number from 1 to 100000"
const refused = { error: amount, abort: true }
const dollars = z.number(amount).check(z.gte(0.01, refused), z.lte(1e9, refused), ({ value, issues }) => {
  if (Number(value.toFixed(2)) !== value) issues.push({ code: "custom", message: amount, input: value })
})

const limits = strict({
  dailyLoss: z.optional(dollars).check(z.describe("What may be lost in a day, in dollars (1000).")),
  position: z.optional(dollars).check(z.describe("How large a position may be, in dollars (5000).")),
  openPositions: z
    .optional(z.int(count).check(z.gte(1, count), z.lte(100_000, count)))
    .check(z.describe("How many positions may be open at once (10).")),
}).check(z.describe("What the system may lose and hold. Going live has them confirmed, and reads them back."))

const line = named(/^(?=.*\S)[^\p{Cc}]{1,1024}$/u, "expected a command for sh in one line, of 1024 letters at the most")

const commands = strict({
  positions: z
    .optional(line)
    .check(z.describe("Prints a line for each open position, and nothing where there is none.")),
  orders: z.optional(line).check(z.describe("Prints a line for each working order, and nothing where there is none.")),
  halt: z
    .optional(line)
    .check(z.describe("Stops trading in its own way, in ten seconds; without it the services stop.")),
  flatten: z.optional(line).check(z.describe("Closes all positions.")),
}).check(z.describe("What the system can be asked or told: commands for sh, run in its first trading service."))

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
  limits: z.optional(limits),
  commands: z.optional(commands),
  options: z
    .optional(z.enum(["index", "stock"], "expected index or stock"))
    .check(z.describe("What it trades options on, which decides when their market is open.")),
  secrets: z
    .optional(
      z.array(
        secretName.check(({ value, issues }) => {
          const why = whyNot(value)
          if (why !== undefined) issues.push({ code: "custom", message: `it ${why}`, input: value })
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
