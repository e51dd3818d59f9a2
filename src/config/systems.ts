import * as z from "zod/mini"

const named = (pattern: RegExp, expected: string) => z.string(expected).check(z.regex(pattern, expected))

/** Says which keys there are, where one is wrong. */
const strict = <Shape extends z.core.$ZodShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? `expected one of ${Object.keys(shape).join(", ")}`
        : `expected keys such as ${Object.keys(shape)[0]}, each with a value`,
  })

const text = z
  .string("expected a text; numbers and true or false in quotes")
  .check(z.regex(/^[^\p{Cc}]*$/u, "expected one line; keep longer ones as a secret"))

const variableName = named(/^[A-Za-z_][A-Za-z0-9_]*$/, "expected the name of a variable, such as LOG_LEVEL")
const secretName = named(/^[A-Z][A-Z0-9_]*$/, "expected the name of a secret in capitals, such as POLYGON_API_KEY")
const serviceName = named(/^[a-z0-9][a-z0-9_.-]{0,62}$/, "expected the name of a service in the Compose file")

const variables = z
  .record(variableName, text, "expected names with texts, such as LOG_LEVEL: debug")
  .check(z.describe("Variables by name, each a text. No secret belongs here."))

const port = "expected a port from 1 to 65535"
const codes = 'expected status codes such as "200" or "200-399"'

const health = strict({
  port: z.optional(z.int(port).check(z.gte(1, port), z.lte(65535, port))),
  path: z.optional(named(/^\/[^\s]*$/, "expected a path such as /health")),
  codes: z.optional(named(/^\d{3}(-\d{3})?(,\d{3}(-\d{3})?)*$/, codes)),
}).check(z.describe("How its health is asked for: a path, and the status codes that mean it is well."))

const build = strict({
  context: z.optional(text),
  dockerfile: z.optional(text),
  target: z.optional(text),
  args: z.optional(z.record(variableName, text, "expected names with texts")),
}).check(z.describe("What is said of building its image, instead of what the project says."))

const service = strict({
  health: z.optional(health),
  build: z.optional(build),
  start: z.optional(text).check(z.describe("The command that it starts with, instead of the project's.")),
  memory: z
    .optional(named(/^\d+[kmg]$/, "expected an amount of memory such as 2g"))
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
        /^(https|ssh):\/\/[A-Za-z0-9.-]+(:\d+)?\/\S+$/,
        "expected an address such as https://github.com/someone/something.git",
      ),
    )
    .check(z.describe("The git repository with its Docker Compose project.")),
  ref: z
    .optional(named(/^[A-Za-z0-9][A-Za-z0-9._/@+-]*$/, "expected a branch, tag or commit"))
    .check(z.describe("The branch, tag or commit to run. It is fetched once; release fetches it anew.")),
  token: z.optional(secretName).check(z.describe("The secret with the token of a private repository (GIT_TOKEN).")),
  composeFile: z
    .optional(named(/^(?!\/)(?!.*\.\.)[A-Za-z0-9._/-]+$/, "expected a path inside the repository"))
    .check(z.describe("The project's Compose file, where it has another name than usual.")),
  remove: z
    .optional(z.array(serviceName, "expected a list of services"))
    .check(z.describe("Services that are not run, because others do their work (postgres, redis, influxdb).")),
  trading: z
    .optional(z.array(serviceName, "expected a list of services"))
    .check(z.describe("The services that are given the gateway's address (backend).")),
  secrets: z
    .optional(z.array(secretName, "expected a list of names"))
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
