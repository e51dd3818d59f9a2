import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3"
import { PutParameterCommand } from "@aws-sdk/client-ssm"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { stateBucketName } from "../../src/aws/names.ts"
import { sandboxed } from "../aws/sandboxed.ts"
import { type World, world } from "./small-world.ts"

const samples = "src/sandbox/samples"
const sampleOf = (system: string) => `--compose ${system}=${samples}/${system}/main/docker-compose.yml`

let at: World
let folder: string
beforeEach(async () => {
  at = world()
  folder = await mkdtemp(join(tmpdir(), "smart0dte-doctor-"))
})
afterEach(() => rm(folder, { recursive: true }))

const findings = () => at.lines().filter(({ type }) => type === "finding")

/** A backend and a frontend, and whatever else. */
async function project(backend: string, more = ""): Promise<string> {
  const path = join(folder, "docker-compose.yml")
  const frontend = "  frontend:\n    build: ./frontend\n"
  await writeFile(
    path,
    `services:\n  postgres:\n    image: postgres\n${frontend}  backend:\n    build: ./backend\n${backend}${more}`,
  )
  return `--compose smart-0dte=${path}`
}

describe("doctor --apps", () => {
  it("finds nothing left to do about projects of the real shape, and asks no account", async () => {
    expect(await at.run(`doctor --apps ${sampleOf("smart-0dte")} ${sampleOf("mag7-7dte")}`)).toBe(0)
    expect(at.said.out).toContain("smart-0dte: backend on 8000, frontend on 3000")
    expect(at.said.out).toContain("mag7-7dte: backend on 8001, frontend on 3001")
    expect(at.said.out).toContain("taken care of  backend: ./backend of the project lies over /app")
    expect(at.said.out).toContain("nothing is left to do")
    expect(at.journal).toEqual([])
  })

  it("ends with 1 where somebody has to do something, and programs read what", async () => {
    const file = await project("    environment:\n      CELERY_URL: redis://redis:6379/3\n      FOO: ${" + "BAR}\n")
    expect(await at.run(`doctor --apps --output json ${file}`)).toBe(1)
    expect(findings().filter(({ handled }) => handled === false)).toEqual([
      expect.objectContaining({ service: "backend", what: "variable", text: expect.stringContaining("CELERY_URL") }),
      expect.objectContaining({ service: "backend", what: "variable", text: expect.stringContaining("BAR") }),
    ])
    expect(at.lines().at(-1)).toMatchObject({ type: "summary", problems: 2 })
  })

  it("heeds what the configuration gives", async () => {
    const file = await project("    environment:\n      CELERY_URL: redis://redis:6379/3\n")
    at.settings.file = "systems:\n  smart-0dte:\n    variables:\n      CELERY_URL: redis://elsewhere\n"
    expect(await at.run(`doctor --apps ${file}`)).toBe(0)
  })

  it("says what the override refuses", async () => {
    expect(await at.run(`doctor --apps ${await project("    privileged: true\n")}`)).toBe(1)
    expect(at.said.out).toMatch(/to solve .*wants the rights of the node itself/)
    at.said.out = ""
    expect(await at.run(`doctor --apps ${await project("", "  - nonsense")}`)).toBe(1)
    expect(at.said.out).toContain("is no YAML")
  })

  it("reads what the node fetched, where no file is given", async () => {
    const aws = await sandboxed()
    at.aws = await aws.open()
    at.records.push("poc")
    expect(await at.run("doctor --apps --system smart-0dte")).toBe(1)
    expect(at.said.err).toContain("smart-0dte was not fetched in poc yet")
    const Bucket = stateBucketName(at.aws)
    await at.aws.s3.send(new CreateBucketCommand({ Bucket }))
    const Key = "environments/poc/compose/smart-0dte/abc.yaml"
    const Body = "services:\n  backend:\n    build: .\n  frontend:\n    build: .\n"
    await at.aws.s3.send(new PutObjectCommand({ Bucket, Key, Body }))
    const Value = JSON.stringify({ wish: "0".repeat(16), phase: "ready", node: "i-1", at: "x", compose: "abc" })
    await at.aws.ssm.send(
      new PutParameterCommand({ Name: "/smart0dte/poc/state/checkout/smart-0dte", Type: "String", Value }),
    )
    expect(await at.run("doctor --apps --system smart-0dte")).toBe(0)
    expect(at.said.out).toContain("nothing is left to do")
    await aws.close()
  })

  it("is wrong use with another system, or with a file that is not there", async () => {
    expect(await at.run("doctor --apps --compose other=x.yml")).toBe(2)
    expect(await at.run(`doctor --apps --compose smart-0dte=${folder}/none.yml`)).toBe(2)
    expect(at.said.err).toContain("none.yml cannot be read: ENOENT")
  })
})
