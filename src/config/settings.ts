import * as z from "zod/mini"
import { asRange, problemOfAllowed, problemOfNetwork } from "./cidr.ts"
import { regions } from "./regions.ts"

const matching = (pattern: RegExp, expected: string) => z.string(expected).check(z.regex(pattern, expected))

const oneOf = <const Names extends readonly string[]>(names: Names) =>
  z.enum(names, `expected ${names.slice(0, -1).join(", ")} or ${names.at(-1)}`)

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
  vpcCidr: z
    ._default(range(problemOfNetwork), "10.20.0.0/16")
    .check(z.describe("The private IPv4 range of the network, from /16 to /22.")),
  instanceType: z
    ._default(matching(/^[a-z][a-z0-9-]*\.[a-z0-9-]+$/, "expected an EC2 instance type such as t3.xlarge"), "t3.xlarge")
    .check(z.describe("The EC2 instance type of the node.")),
  diskGb: z
    ._default(z.int(size).check(z.gte(8, size), z.lte(16384, size)), 100)
    .check(z.describe("The size of the node's disk in GB. It can grow, and never shrink.")),
  flowLogs: z
    ._default(z.boolean("expected true or false"), false)
    .check(z.describe("Whether the network's traffic is logged to a bucket.")),
  publicKey: z
    .optional(matching(/\S/, "expected the path of an OpenSSH public key"))
    .check(z.describe("The path of an OpenSSH public key for SSH through Session Manager. ~ is the home folder.")),
})

export type Settings = Readonly<z.output<typeof settingsSchema>>
