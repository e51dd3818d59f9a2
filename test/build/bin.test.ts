import { copyFile, mkdir, mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { runInNewContext } from "node:vm"
import { transform } from "esbuild"
import { execaNode } from "execa"
import { expect, test } from "vitest"

const source = await readFile("bin/smart0dte.js", "utf8")

test.each(["12.22.12", "18.20.8", "20.18.3"])("Node %s is told what it lacks, before anything is loaded", (node) => {
  const said: string[] = []
  const leave = new Error("left")
  const process = {
    versions: { node },
    version: `v${node}`,
    stderr: { write: (text: string) => said.push(text) },
    exit: (code: number) => {
      throw Object.assign(leave, { code })
    },
  }
  expect(() => runInNewContext(source.replace(/^#!.*/, ""), { process })).toThrow(leave)
  expect(leave).toMatchObject({ code: 1 })
  expect(said.join("")).toContain(`smart0dte needs Node 20.19 or newer, and this is v${node}`)
})

test("old Nodes can parse it", async () => {
  const written = await transform(source, { target: "node20" })
  const forOld = await transform(source, { target: "node12" })
  expect(forOld.code).toBe(written.code)
})

test("without the built files it says how to build them", async () => {
  const folder = await mkdtemp(join(tmpdir(), "bin-"))
  try {
    await mkdir(join(folder, "bin"))
    for (const file of ["package.json", "bin/package.json", "bin/smart0dte.js"])
      await copyFile(file, join(folder, file))
    const { exitCode, stderr, stdout } = await execaNode(join(folder, "bin/smart0dte.js"), ["plan"], { reject: false })
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" })
    expect(stderr).toContain("run npm run build")
  } finally {
    await rm(folder, { recursive: true })
  }
})
