import * as z from "zod"
import { asRange, problemOfAllowed, problemOfNetwork } from "./cidr.ts"
import { regions } from "./regions.ts"

const matching = (pattern: RegExp, expected: string) => z.string(expected).regex(pattern, expected)

const oneOf = <const Names extends readonly [string, ...string[]]>(names: Names) =>
  z.enum(names, `expected ${names.slice(0, -1).join(", ")} or ${names.at(-1)}`)

const range = (problem: (text: string) => string | undefined) =>
  z.string("expected an IPv4 range such as 203.0.113.0/24").check(({ value, issues }) => {
    const message = problem(asRange(value))
    if (message !== undefined) issues.push({ code: "custom", message, input: value })
  })

const size = "expected a whole number of GB from 8 to 16384"

/** Every key of smart0dte.yaml, each also a flag and a variable. What it says here is what the published schema says. */
export const settingsSchema = z.strictObject({
  account: matching(/^\d{12}$/, "expected the 12 digits of an AWS account")
    .optional()
    .describe("The only AWS account that may be changed; other credentials are refused."),
  region: z.enum(regions, "expected an AWS region such as us-east-1").default("us-east-1").describe("The AWS region."),
  profile: matching(/^\S+$/, "expected the name of a profile")
    .optional()
    .describe("The profile of the AWS credentials file to use."),
  env: oneOf(["poc", "dev", "stage", "prod"])
    .optional()
    .describe("The environment that commands without a target work on."),
  egress: oneOf(["nat", "public-ip"])
    .default("nat")
    .describe("How the node reaches the internet: a NAT gateway, or a public address with no way in."),
  allowedCidrs: z
    .array(range(problemOfAllowed).transform(asRange), "expected a list of IPv4 ranges")
    .min(1, "expected at least one range")
    .transform((ranges): readonly string[] => [...new Set(ranges)])
    .optional()
    .describe("Who may reach the load balancer: IPv4 ranges, or single addresses."),
  vpcCidr: range(problemOfNetwork)
    .default("10.20.0.0/16")
    .describe("The private IPv4 range of the network, from /16 to /22."),
  instanceType: matching(/^[a-z][a-z0-9-]*\.[a-z0-9-]+$/, "expected an EC2 instance type such as t3.xlarge")
    .default("t3.xlarge")
    .describe("The EC2 instance type of the node."),
  diskGb: z
    .int(size)
    .min(8, size)
    .max(16384, size)
    .default(100)
    .describe("The size of the node's disk in GB. It can grow, and never shrink."),
  flowLogs: z
    .boolean("expected true or false")
    .default(false)
    .describe("Whether the network's traffic is logged to a bucket."),
  publicKey: matching(/\S/, "expected the path of an OpenSSH public key")
    .optional()
    .describe("The path of an OpenSSH public key for SSH through Session Manager. ~ is the home folder."),
})

export type Settings = Readonly<z.output<typeof settingsSchema>>
export type SettingKey = keyof Settings & string
