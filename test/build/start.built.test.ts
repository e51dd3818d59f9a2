import { mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { basename, join, resolve } from "node:path"
import { execaNode } from "execa"
import { afterAll, beforeAll, describe, expect, test } from "vitest"

const bin = resolve("bin/smart0dte.js")
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "start-"))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Runs a command in a folder that is not ours, and says what it loaded. */
async function start(...args: readonly string[]) {
  const loaded = join(folder, "loaded.json")
  const ended = await execaNode(bin, args, {
    cwd: folder,
    reject: false,
    nodeOptions: ["--import", resolve("test/build/loaded.mjs")],
    env: {
      LOADED_FILES: loaded,
      SMART0DTE_SANDBOX_DIR: join(folder, "sandbox"),
      AWS_CONFIG_FILE: join(folder, "none"),
      AWS_SHARED_CREDENTIALS_FILE: join(folder, "none"),
    },
  })
  const files: readonly string[] = JSON.parse(await readFile(loaded, "utf8"))
  const texts = await Promise.all(files.map((file) => readFile(file, "utf8")))
  return {
    ...ended,
    files: files.map((file) => basename(file)),
    /** Every client names its service by a shape such as com.amazonaws.ec2#Vpc. */
    clients: [...new Set(texts.flatMap((text) => text.match(/com\.amazonaws\.\w+/g) ?? []))],
  }
}

test.each(["--version", "-V"])("%s loads nothing but the command itself", async (flag) => {
  const { version } = JSON.parse(await readFile("package.json", "utf8"))
  const { stdout, stderr, exitCode, files } = await start(flag)
  expect({ stdout, stderr, exitCode, files }).toEqual({
    stdout: version,
    stderr: "",
    exitCode: 0,
    files: ["smart0dte.js"],
  })
})

test.each(["--help", "-h"])("%s loads nothing but the command itself", async (flag) => {
  const { stdout, stderr, exitCode, files } = await start(flag)
  expect({ stderr, exitCode, files }).toEqual({ stderr: "", exitCode: 0, files: ["smart0dte.js"] })
  expect(stdout).toContain("Usage: smart0dte")
})

test("the help that was kept is what the commands say themselves", async () => {
  const kept = await start("--help")
  const said = await start("--no-color", "--help")
  expect(said.files).toContain("main.cjs")
  expect(kept.stdout).toBe(said.stdout)
})

describe("the help of a command loads no AWS client", async () => {
  const help = await readFile("dist/help.txt", "utf8")
  const commands = [...help.slice(help.indexOf("Commands:")).matchAll(/^ {2}([a-z-]+)/gm)]
    .map(([, name = ""]) => name)
    .filter((name) => name !== "help")

  test("there are some", () => {
    expect(commands).toEqual(expect.arrayContaining(["plan", "deploy", "destroy", "sandbox"]))
  })

  test.each(commands)("%s", async (command) => {
    const { stdout, exitCode, files, clients } = await start(command, "--help")
    expect({ exitCode, clients }).toEqual({ exitCode: 0, clients: [] })
    // What `help` shows is the help of all.
    expect(stdout).toContain(command === "help" ? "Usage: smart0dte [options] [command]" : `smart0dte ${command}`)
    expect(files).toContain("main.cjs")
  })

  test("and the check would see one", async () => {
    const { clients } = await start("status", "single", "--sandbox")
    await start("sandbox", "stop")
    expect(clients).toContain("com.amazonaws.ec2")
  })
})
