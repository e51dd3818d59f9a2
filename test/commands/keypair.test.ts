import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import {
  CreateSubnetCommand,
  CreateVpcCommand,
  DescribeKeyPairsCommand,
  ImportKeyPairCommand,
  RunInstancesCommand,
} from "@aws-sdk/client-ec2"
import { GetParameterCommand } from "@aws-sdk/client-ssm"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { newKey } from "../../src/app/keys/new-key.ts"
import type { Session } from "../../src/aws/clients.ts"
import { tagSpecification } from "../../src/aws/tags.ts"
import { type Sandboxed, sandboxed } from "../aws/sandboxed.ts"
import { type World, world } from "./small-world.ts"

let at: World
let aws: Sandboxed
let home: string
beforeEach(async () => {
  aws = await sandboxed()
  home = await mkdtemp(join(tmpdir(), "smart0dte-keys-"))
  at = world()
  at.aws = await aws.open()
  at.env = { HOME: home }
})
afterEach(async () => {
  await aws.close()
  await rm(home, { recursive: true })
})

const known = async () => (await at.aws?.ec2.send(new DescribeKeyPairsCommand({})))?.KeyPairs ?? []
const said = () => {
  const text = at.said
  at.said.out = ""
  return text
}

describe("keypair create", () => {
  it("makes both halves here, for their owner alone, and tells EC2 the public one", async () => {
    expect(await at.run("keypair create laptop")).toBe(0)
    const file = join(home, ".ssh", "laptop")
    expect((await stat(join(home, ".ssh"))).mode & 0o777).toBe(0o700)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    const secret = await readFile(file, "utf8")
    expect(secret).toContain("BEGIN OPENSSH PRIVATE KEY")
    expect(await known()).toMatchObject([{ KeyName: "laptop", KeyType: "ed25519" }])
    expect(at.said.out).toContain(`deploy single --public-key ${file}.pub`)
    // The private half is in nothing that was said or sent.
    const body = secret.split("\n")[2] ?? "-"
    const sent = JSON.stringify(aws.sandbox.world.trace.list())
    expect([at.said.out + at.said.err, sent].filter((text) => text.includes(body))).toEqual([])
  })

  it("makes RSA keys on request, at another place", async () => {
    expect(await at.run(`keypair create big --type rsa --file ${home}/big`)).toBe(0)
    expect(await known()).toMatchObject([{ KeyName: "big", KeyType: "rsa" }])
    expect(await readFile(`${home}/big.pub`, "utf8")).toMatch(/^ssh-rsa \S+ smart0dte-big@\S+\n$/)
  }, 60_000)

  it.each(["laptop", "laptop.pub"])("never overwrites: %s stays as it was", async (name) => {
    await mkdir(join(home, ".ssh"))
    await writeFile(join(home, ".ssh", name), "precious")
    expect(await at.run("keypair create laptop")).toBe(2)
    expect(await readFile(join(home, ".ssh", name), "utf8")).toBe("precious")
    expect(await readdir(join(home, ".ssh"))).toEqual([name])
    expect(await known()).toEqual([])
  })

  it("makes no file where the name is taken in EC2", async () => {
    expect(await at.run("keypair create laptop")).toBe(0)
    expect(await at.run(`keypair create laptop --file ${home}/other`)).toBe(3)
    expect(at.said.err).toContain("there is a key pair laptop already")
    expect(await readdir(home)).toEqual([".ssh"])
  })

  it("says how to go on where EC2 refuses", async () => {
    aws.fault({ name: "expired", operation: "ec2:ImportKeyPair" })
    expect(await at.run("keypair create laptop")).toBe(1)
    expect(at.said.err).toContain("keypair import laptop")
    expect(await readdir(join(home, ".ssh"))).toEqual(["laptop", "laptop.pub"])
  })

  it("takes it for done where EC2 was told and the answer was lost", async () => {
    aws.fault({ name: "lost", operation: "ec2:ImportKeyPair", times: 1 })
    expect(await at.run("keypair create laptop"), at.said.err).toBe(0)
    expect(at.said.out).toContain("key pair laptop is made")
    expect(await known()).toHaveLength(1)
    expect(await at.run(`keypair import laptop ${home}/.ssh/laptop.pub`)).toBe(0)
    expect(await known()).toHaveLength(1)
  })

  it("puts no key where ssh looks for something else", async () => {
    for (const name of ["config", "known_hosts", "authorized_keys", "environment", "rc", "Config"])
      expect(await at.run(`keypair create ${name}`), name).toBe(2)
    expect(await readdir(home)).toEqual([])
    expect(await at.run(`keypair create config --file ${home}/key`)).toBe(0)
  })

  it("takes no name that leads elsewhere", async () => {
    for (const name of ["../x", "a/b", ".hidden", "-x", "a".repeat(65)])
      expect(await at.run(`keypair create -- ${name}`), name).toBe(2)
    expect(await known()).toEqual([])
  })
})

describe("keypair import", () => {
  it("takes a key from a file, and one that is piped in", async () => {
    const { publicKey } = await newKey("ed25519", "me@here")
    await writeFile(join(home, "id.pub"), publicKey)
    expect(await at.run(`keypair import one ${home}/id.pub`)).toBe(0)
    at.piped = (await newKey("ed25519", "me@here")).publicKey
    expect(await at.run("keypair import two")).toBe(0)
    expect((await known()).map(({ KeyName }) => KeyName)).toEqual(["one", "two"])
    await writeFile(join(home, "other.pub"), (await newKey("ed25519", "me@here")).publicKey)
    expect(await at.run(`keypair import one ${home}/other.pub`)).toBe(3)
  })

  it("refuses a private key before anything is sent, and says none of it", async () => {
    const { privateKey } = await newKey("ed25519", "me@here")
    await writeFile(join(home, "id"), privateKey)
    expect(await at.run(`keypair import one ${home}/id`)).toBe(2)
    expect(at.said.err).toContain("is a private key")
    expect(at.said.err).not.toContain(privateKey.split("\n")[1])
    expect(aws.asked("ec2:ImportKeyPair")).toBe(0)
  })

  it("is wrong use without a key, or with a file that is not there", async () => {
    expect(await at.run("keypair import one")).toBe(2)
    expect(at.said.err).toContain("keypair import NAME FILE")
    expect(await at.run(`keypair import one ${home}/none.pub`)).toBe(2)
    expect(at.said.err).toContain("none.pub cannot be read: ENOENT")
  })
})

describe("keypair list", () => {
  it("shows whose each is, which files belong to it, and what was made with it", async () => {
    await at.run("keypair create laptop")
    const { publicKey } = await newKey("ed25519", "x")
    await foreign("theirs", publicKey)
    await launched("theirs")
    said()
    expect(await at.run("keypair list")).toBe(0)
    expect(at.said.out).toContain("2 key pairs in account")
    expect(at.said.out).toContain(`here: ${home}/.ssh/laptop.pub`)
    expect(at.said.out).toMatch(
      /theirs\n.*\n +of somebody else\n +no file in ~\/.ssh belongs to it\n +made with it: i-/,
    )
    said()
    expect(await at.run("keypair list --output json")).toBe(0)
    expect(at.lines().filter(({ type }) => type === "key")).toMatchObject([
      { name: "laptop", of: "keypair", usedBy: [] },
      { name: "theirs", of: "somebody else", usedBy: [expect.stringMatching(/^i-/)] },
    ])
  })

  it("says how to begin where there is none", async () => {
    expect(await at.run("keypair list")).toBe(0)
    expect(at.said.out).toContain("smart0dte keypair create NAME")
  })
})

describe("keypair delete", () => {
  beforeEach(() => at.run("keypair create laptop"))

  it("wants the name once more: typed, or given", async () => {
    expect(await at.run("keypair delete laptop")).toBe(2)
    expect(at.said.err).toContain("--confirm=laptop")
    expect(await at.run("keypair delete laptop --confirm=poc")).toBe(3)
    at.terminal.interactive = true
    at.answers.push("lap")
    expect(await at.run("keypair delete laptop")).toBe(3)
    expect(await known()).toHaveLength(1)
    at.answers.push("laptop")
    expect(await at.run("keypair delete laptop")).toBe(0)
    expect(await known()).toEqual([])
    expect(await readdir(join(home, ".ssh"))).toEqual(["laptop", "laptop.pub"])
    expect(await at.run("keypair delete laptop")).toBe(0)
    expect(at.said.out).toContain("there is no key pair laptop")
  })

  it("says before it asks what was made with it", async () => {
    const instance = await launched("laptop")
    at.terminal.interactive = true
    at.answers.push("laptop")
    expect(await at.run("keypair delete laptop")).toBe(0)
    expect(at.asked[0]).toContain(`which ${instance} was made with`)
    expect(at.said.err).toContain(`${instance} still lets that key in`)
  })

  it("leaves what an environment or somebody else made", async () => {
    await foreign("theirs", (await newKey("ed25519", "x")).publicKey)
    await foreign("node", (await newKey("ed25519", "x")).publicKey, "poc")
    expect(await at.run("keypair delete theirs --confirm=theirs")).toBe(3)
    expect(at.said.err).toContain("was made by somebody else")
    expect(await at.run("keypair delete node --confirm=node")).toBe(3)
    expect(at.said.err).toContain("belongs to the environment poc")
    expect(await known()).toHaveLength(3)
  })
})

async function foreign(KeyName: string, publicKey: string, scope?: string): Promise<void> {
  const TagSpecifications = scope ? [tagSpecification({ scope, key: "key-pair/node" }, "key-pair")] : []
  const PublicKeyMaterial = Buffer.from(publicKey)
  await at.aws?.ec2.send(new ImportKeyPairCommand({ KeyName, PublicKeyMaterial, TagSpecifications }))
}

async function launched(KeyName: string): Promise<string> {
  const { ec2, ssm } = at.aws as Session
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: "10.20.0.0/16" }))
  const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId: Vpc?.VpcId, CidrBlock: "10.20.1.0/24" }))
  const Name = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64"
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name }))
  const asked = { ImageId: Parameter?.Value, InstanceType: "t3.medium", SubnetId: Subnet?.SubnetId } as const
  const one = new RunInstancesCommand({ ...asked, KeyName, MinCount: 1, MaxCount: 1 })
  return (await ec2.send(one)).Instances?.[0]?.InstanceId ?? ""
}
