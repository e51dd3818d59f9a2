import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3"
import { afterEach, beforeEach, expect, test } from "vitest"
import { type InProcess, inProcess } from "../../../src/sandbox/in-process.ts"
import { type MachinePaths, machinePaths } from "../../../src/sandbox/machines/paths.ts"
import { stirringOf } from "../../../src/sandbox/machines/stirring.ts"
import { changeStore } from "../../../src/sandbox/machines/within.ts"
import { s3 } from "../../../src/sandbox/services/s3/index.ts"
import { sweep } from "../../sweep.ts"

let sandbox: InProcess
let client: S3Client
let dir: string
let paths: MachinePaths
let stirring: () => string

beforeEach(async () => {
  sandbox = await inProcess({ services: [s3], speed: 1000 })
  const { accessKeyId, region, secretAccessKey, url } = sandbox.connection
  client = new S3Client({
    region,
    endpoint: url,
    credentials: { accessKeyId, secretAccessKey },
    forcePathStyle: true,
  })
  await client.send(new CreateBucketCommand({ Bucket: "state" }))
  dir = mkdtempSync(join(tmpdir(), "sandbox-stirring-"))
  paths = machinePaths(dir)
  mkdirSync(paths.records, { recursive: true })
  const look = stirringOf(sandbox.world, region)
  stirring = () => look(paths)
})
afterEach(async () => {
  client.destroy()
  await sandbox.close()
  await sweep(dir)
})

const put = (Key: string, Body: string) => client.send(new PutObjectCommand({ Bucket: "state", Key, Body }))

test("an object that says how systems trade is something to find, also where it is written again", async () => {
  const before = stirring()
  await put("trading/poc/halt/smart-0dte", "halt\n")
  const halted = stirring()
  expect(halted).not.toBe(before)
  await put("trading/poc/halt/smart-0dte", "clear\n")
  expect(stirring()).not.toBe(halted)
})

test("any other object is nothing to find", async () => {
  const before = stirring()
  await put("environments/poc/output/x", "said")
  expect(stirring()).toBe(before)
})

test("what roles may read is, which may let a machine read what it could not", () => {
  const before = stirring()
  changeStore(sandbox.world, "us-east-1", (call) =>
    call.store.table("iam/role").put("node", { RoleName: "node", RoleId: "AROA1", Inline: { own: "{}" } }),
  )
  expect(stirring()).not.toBe(before)
})

test("a change of the machine's containers is, and a fault of the sandbox, but not that it has hit again", () => {
  const before = stirring()
  writeFileSync(join(paths.records, "docker.json"), "{}")
  const changed = stirring()
  expect(changed).not.toBe(before)
  sandbox.world.faults.set([{ name: "reset", operation: "s3:GetObject" }])
  const faulty = stirring()
  expect(faulty).not.toBe(changed)
  sandbox.world.faults.take("reset", "s3:GetObject")
  expect(stirring()).toBe(faulty)
})
