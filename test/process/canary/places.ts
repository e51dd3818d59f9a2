import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { join, relative } from "node:path"
import { CreateTagsCommand, DescribeTagsCommand, EC2Client, RunInstancesCommand } from "@aws-sdk/client-ec2"
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3"
import { PutSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager"
import { PutParameterCommand, SendCommandCommand, SSMClient } from "@aws-sdk/client-ssm"
import { execa } from "execa"
import type { CanaryYard } from "./yard.ts"

/** Where a secret must not be. */
export interface Place {
  readonly name: string
  /** All texts that are there, by where exactly they stand. */
  read(at: CanaryYard): Promise<Texts>
  /** Leaves a text there, as a fault of ours would. */
  plant(at: CanaryYard, text: string): Promise<unknown>
}

export type Texts = Readonly<Record<string, string>>

export const places: readonly Place[] = [
  {
    name: "user data",
    read: async (at) => mapped(await tablesOf(at, /^ec2\/instance@/), ({ userData }) => plain(userData)),
    plant: async (at, text) => {
      const { imageId, privateSubnetA } = await outputsOf(at)
      await ec2(at).send(
        new RunInstancesCommand({
          ImageId: imageId,
          SubnetId: privateSubnetA,
          InstanceType: "t3.medium",
          MinCount: 1,
          MaxCount: 1,
          UserData: Buffer.from(`token=${text}`).toString("base64"),
        }),
      )
    },
  },
  {
    name: "tags",
    // Those of the secrets, too: everybody who may list them sees them.
    read: async (at) => mapped(await tablesOf(at, /./), ({ Tags, tags }) => JSON.stringify([Tags, tags])),
    plant: async (at, text) => {
      const { vpcId = "" } = await outputsOf(at)
      await ec2(at).send(new CreateTagsCommand({ Resources: [vpcId], Tags: [{ Key: "note", Value: text }] }))
    },
  },
  {
    name: "parameters",
    read: async (at) => mapped(await tablesOf(at, /^ssm\/parameter@/), JSON.stringify),
    plant: (at, text) =>
      ssm(at).send(new PutParameterCommand({ Name: "/smart0dte/poc/planted", Type: "String", Value: text })),
  },
  {
    name: "the history of commands, and what they printed",
    read: async (at) => mapped(await tablesOf(at, /^ssm\/(command|invocation)@/), JSON.stringify),
    plant: async (at, text) => {
      const { instanceId = "" } = await outputsOf(at)
      const Parameters = { Action: ["ps"], System: ["smart-0dte"], Run: ["f".repeat(32)] }
      const given = { DocumentName: "smart0dte-poc-compose", InstanceIds: [instanceId], Comment: text, Parameters }
      await ssm(at).send(new SendCommandCommand(given))
    },
  },
  {
    name: "the override",
    read: (at) => objectsOf(at, /-state\/environments\/poc\/override\//),
    plant: (at, text) => putObject(at, "environments/poc/override/planted", text),
  },
  {
    name: "record, lock and ledger",
    read: (at) => objectsOf(at, /-state\/(records|locks)\//),
    plant: (at, text) => putObject(at, "records/planted", text),
  },
  {
    name: "objects of all buckets",
    read: (at) => objectsOf(at, /./),
    plant: (at, text) => putObject(at, "environments/poc/output/planted", text),
  },
  {
    name: "all else that AWS shows of itself",
    read: async (at) => mapped(await tablesOf(at, /^(?!secretsmanager)/), JSON.stringify),
    plant: (at, text) => putObject(at, "planted", text),
  },
  {
    name: "requests, as they are logged",
    read: async (at) => ({ trace: JSON.stringify(await at.admin.trace()) }),
    plant: (at, text) => ec2(at).send(new DescribeTagsCommand({ Filters: [{ Name: "value", Values: [text] }] })),
  },
  {
    name: "what commands printed, with --debug",
    read: async ({ printed }) =>
      Object.fromEntries(printed.map((text, index) => [`${index} ${text.slice(0, 40)}`, text])),
    plant: (at, text) => at.run(text),
  },
  {
    name: "plan files, temporary files and all else on the operator's machine",
    read: async ({ desk }) => filesBelow(desk),
    plant: async ({ desk }, text) => writeFileSync(join(desk, "tmp", "left-behind"), text),
  },
  {
    name: "the sandbox's own log",
    read: async ({ dir }) => ({ log: readFileSync(join(dir, "sandbox.log"), { encoding: "utf8", flag: "a+" }) }),
    plant: async ({ dir }, text) => writeFileSync(join(dir, "sandbox.log"), text),
  },
  {
    name: "files of the node",
    read: async (at) => {
      const files = Object.entries(filesBelow(at.machine()))
      return Object.fromEntries(files.filter(([file]) => !mayHold.some((name) => name.test(file))))
    },
    plant: async (at, text) => writeFileSync(join(at.machine(), "root/tmp/left-behind"), text),
  },
  {
    name: "files for root alone",
    // Others may read what is neither 0600 nor in a folder of root's: then it counts as shown.
    read: async (at) => {
      const files = Object.entries(filesBelow(at.machine())).filter(([file]) => mayHold.some((name) => name.test(file)))
      return Object.fromEntries(files.filter(([file]) => !isForRoot(at.machine(), file)))
    },
    plant: async (at, text) =>
      writeFileSync(join(at.machine(), "root/run/smart0dte/smart-0dte/other.env"), text, { mode: 0o644 }),
  },
  {
    name: "arguments of processes",
    read: async ({ recorder }) => ({ all: recorder.arguments() }),
    plant: (at, text) => execa(join(at.machine(), "bin/cat"), [text], { reject: false, stdin: "ignore" }),
  },
  {
    name: "environments of processes",
    read: async ({ recorder }) => ({ all: recorder.environments() }),
    plant: (at, text) =>
      execa(join(at.machine(), "bin/cat"), [], { env: { SMART0DTE_ROOT: "/", TOKEN: text }, stdin: "ignore" }),
  },
]

/** What a node has to keep to run the systems, each for root alone. */
export const mayHold: readonly RegExp[] = [
  /^root\/run\/smart0dte\/(smart-0dte|mag7-7dte)\/[a-z-]+\.env$/,
  // By these it keeps them out of what it prints.
  /^root\/run\/smart0dte\/(smart-0dte|mag7-7dte)\.secrets$/,
  /^root\/run\/smart0dte\/influx\/influxdb\.env$/,
  // The gateway's own user reads its password, in a folder that on the node is root's alone.
  /^root\/run\/smart0dte\/gateway\/(paper|live)(\.env|\/password|\/screen)$/,
  // The role's own, for some hours: by them the node reads the trading record.
  /^root\/run\/smart0dte\/credentials$/,
  // Docker's own: it keeps what its containers were made with.
  /^records\/docker\.json$/,
]

export const filesOfNode = (at: CanaryYard): Texts => filesBelow(at.machine())
const modeOf = (file: string): number => statSync(file).mode & 0o777

/** The file itself, or a folder of the program's own in which it lies. */
const isForRoot = (machine: string, file: string): boolean =>
  modeOf(join(machine, file)) === 0o600 ||
  (file.startsWith("root/run/smart0dte/gateway/") && modeOf(join(machine, "root/run/smart0dte/gateway")) === 0o700)

type Fields = Readonly<Record<string, unknown>>

/** Records as AWS has them, by table and id; what Secrets Manager keeps secret is left out. */
async function tablesOf(at: CanaryYard, name: RegExp): Promise<Readonly<Record<string, Fields>>> {
  const tables = Object.entries(await at.admin.snapshot()).filter(([table]) => name.test(table))
  return Object.fromEntries(
    tables.flatMap(([table, records]) =>
      Object.entries(records).map(([id, record]) => {
        const { versions: _, ...fields }: Fields = { ...record }
        return [`${table} ${id}`, fields] as const
      }),
    ),
  )
}

async function objectsOf(at: CanaryYard, key: RegExp): Promise<Texts> {
  const objects = Object.entries(await tablesOf(at, /^s3\/object$/)).filter(([name]) => key.test(name))
  return mapped(Object.fromEntries(objects), ({ Versions }) => {
    const versions = Array.isArray(Versions) ? Versions : []
    return versions.map(({ Body, ...rest }) => `${JSON.stringify(rest)}${plain(Body)}`).join("\n")
  })
}

const plain = (base64: unknown): string => (typeof base64 === "string" ? Buffer.from(base64, "base64").toString() : "")

const mapped = <T>(all: Readonly<Record<string, T>>, text: (one: T) => string): Texts =>
  Object.fromEntries(Object.entries(all).map(([name, one]) => [name, text(one)]))

export function filesBelow(dir: string): Texts {
  const all = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const files = all.map((entry) => join(entry.parentPath, entry.name))
  return Object.fromEntries(files.map((file) => [relative(dir, file), readFileSync(file, "latin1")]))
}

async function outputsOf(at: CanaryYard): Promise<Readonly<Record<string, string>>> {
  const { all } = await at.run("outputs --output json")
  const line = all.split("\n").find((one) => one.includes('"outputs":')) ?? "{}"
  return JSON.parse(line).outputs
}

const putObject = (at: CanaryYard, Key: string, Body: string) => {
  const { account, region } = at.connection
  return new S3Client({ ...clientOf(at), forcePathStyle: true }).send(
    new PutObjectCommand({ Bucket: `smart0dte-${account}-${region}-state`, Key, Body }),
  )
}

export const putSecret = (at: CanaryYard, SecretId: string, SecretString: string) =>
  new SecretsManagerClient(clientOf(at)).send(new PutSecretValueCommand({ SecretId, SecretString }))

const ec2 = (at: CanaryYard) => new EC2Client(clientOf(at))
const ssm = (at: CanaryYard) => new SSMClient(clientOf(at))

const clientOf = ({ connection }: CanaryYard) => {
  const { accessKeyId, region, secretAccessKey, url } = connection
  return { region, endpoint: url, credentials: { accessKeyId, secretAccessKey } }
}
