import type { Command, CommandUnknownOpts, OptionValues } from "@commander-js/extra-typings"
import { Option } from "@commander-js/extra-typings"

/** What every command takes: given before its name or after it. */
export interface GlobalFlags {
  readonly sandbox?: true
  readonly env?: string
  readonly region?: string
  readonly profile?: string
  readonly account?: string
  readonly config?: string
  readonly output?: "text" | "json" | "markdown"
  readonly debug?: true
  readonly color: boolean
}

export const globalOptions: readonly Option[] = [
  new Option("--sandbox", "work on an AWS of our own on this machine: no account, no network, no cost"),
  new Option("--env <environment>", "the environment, where no target says it"),
  new Option("--region <region>", "the AWS region (us-east-1)"),
  new Option("--profile <name>", "the profile of the AWS credentials"),
  new Option("--account <id>", "refuse credentials of any other account"),
  new Option("--config <file>", "the configuration (smart0dte.yaml, if it is there)"),
  new Option("--output <format>", "json: one object a line; markdown: of plan, cost, status and drift").choices([
    "text",
    "json",
    "markdown",
  ]),
  new Option("--debug", "show the stack of an error, and how many calls were made"),
  new Option("--no-color", "no colours"),
]

/** What the environment is to be, for once other than the configuration says. */
export interface WishFlags {
  readonly allowedCidrs?: string
  readonly egress?: string
  readonly loadBalancer?: string | true
  readonly domain?: string
  readonly vpcCidr?: string
  readonly instanceType?: string
  readonly diskGb?: string
  readonly databaseMajor?: string
  readonly databaseClass?: string
  readonly databaseGb?: string
  readonly cacheEngine?: string
  readonly cacheType?: string
  readonly email?: string
  readonly sms?: string
  readonly webhook?: string
  readonly logDays?: string
  readonly flowLogs?: string | true
  readonly publicKey?: string
}

export const wishOptions: readonly Option[] = [
  new Option("--allowed-cidrs <ranges>", "who may reach the load balancer: ranges or addresses, with commas"),
  new Option("--egress <how>", "the node's way out: nat, or public-ip (nat)"),
  new Option("--load-balancer [choice]", "whether a load balancer stands in front (true)"),
  new Option("--domain <name>", "names below this domain for the systems, and HTTPS"),
  new Option("--vpc-cidr <range>", "the network's range (10.20.0.0/16)"),
  new Option("--instance-type <type>", "the node's size (t3.xlarge)"),
  new Option("--disk-gb <size>", "the node's disk in GB (100)"),
  new Option("--database-major <version>", "PostgreSQL's major version (15)"),
  new Option("--database-class <class>", "the database's size (db.t3.small)"),
  new Option("--database-gb <size>", "the database's storage in GB, which grows to four times that (50)"),
  new Option("--cache-engine <engine>", "what the cache runs: valkey, or redis (valkey)"),
  new Option("--cache-type <type>", "the cache's size (cache.t3.micro)"),
  new Option("--email <addresses>", "who is told of alarms by e-mail, with commas"),
  new Option("--sms <numbers>", "who is told of alarms by text message: +12025550123, with commas"),
  new Option("--webhook <addresses>", "who is told of alarms by HTTPS, with commas"),
  new Option("--log-days <days>", "how long containers' logs are kept (30)"),
  new Option("--flow-logs [choice]", "whether the network's traffic is logged to a bucket (false)"),
  new Option("--public-key <file>", "an OpenSSH public key for SSH through Session Manager"),
]

export function withOptions<Args extends unknown[], Opts extends OptionValues, Globals extends OptionValues>(
  command: Command<Args, Opts, Globals>,
  options: readonly Option[],
): Command<Args, Opts, Globals> {
  for (const option of options) command.addOption(option)
  return command
}

/** The type that commander infers knows only what a command declares itself; the others come from the lists above. */
export function flagsOf<Own extends object>(own: Own, command: CommandUnknownOpts): Own & GlobalFlags & WishFlags {
  const all: GlobalFlags & WishFlags = { color: true, ...command.optsWithGlobals() }
  return { ...all, ...own }
}

/** Two things to copy, below each command's options. */
export function examples(...lines: readonly [string, string]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}`).join("\n")}`
}
