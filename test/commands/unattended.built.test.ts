import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import type { CommandUnknownOpts } from "@commander-js/extra-typings"
import { execa } from "execa"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { programFor } from "../../src/commands/program.ts"
import { sweep } from "../sweep.ts"
import { world } from "./small-world.ts"

const bin = fileURLToPath(new URL("../../bin/smart0dte.js", import.meta.url))

let dir: string
const start = (line: string) =>
  execa(process.execPath, [bin, ...line.split(" ").filter((word) => word !== "")], {
    cwd: dir,
    extendEnv: false,
    env: {
      PATH: process.env.PATH,
      HOME: dir,
      SMART0DTE_SANDBOX: "1",
      SMART0DTE_SANDBOX_DIR: join(dir, "sandbox"),
      SMART0DTE_SANDBOX_SPEED: "120",
    },
    reject: false,
    stdin: "ignore",
    // Whoever waits for an answer is ended here, with a code that is none of ours.
    timeout: 120_000,
    killSignal: "SIGKILL",
  })

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "smart0dte-unattended-"))
  for (const line of ["deploy single --yes", "deploy single --yes", "keypair create laptop"]) await start(line)
  expect((await start("status")).exitCode).toBe(0)
}, 300_000)
afterAll(async () => {
  await start("sandbox stop")
  await sweep(dir)
})

/** What makes of a command's name a line that has everything but answers. */
const rest: Readonly<Record<string, string>> = {
  "access remove": "203.0.113.9",
  "backup restore": "20260101-000000",
  approve: "live",
  deploy: "single --disk-gb 120",
  destroy: "single",
  exec: "smart-0dte backend -- true",
  "gateway login": "live",
  "gateway restart": "smart-0dte",
  "iam ci-role": "--repo someone/something",
  "iam create-user": "alice",
  "iam delete-user": "alice",
  "iam delete-ci-role": "--env poc",
  "iam policy": "trader",
  "iam revoke": "alice",
  "iam rotate-key": "alice",
  "keypair create": "other",
  "keypair delete": "laptop",
  "keypair import": "third",
  open: "smart-0dte",
  plan: "single",
  release: "smart-0dte",
  restart: "smart-0dte",
  rollback: "smart-0dte",
  completion: "bash",
  "secrets set": "smart-0dte POLYGON_API_KEY",
  "switch-mode": "live",
}

/** The commands that would ask somebody, and what they name instead. */
const wants: Readonly<Record<string, RegExp>> = {
  "iam delete-ci-role": /--confirm=poc/,
  init: /--yes, --email/,
  approve: /--token/,
  deploy: /--yes/,
  destroy: /--confirm=poc/,
  "keypair delete": /--confirm=laptop/,
  "keypair import": /is empty|NAME FILE/,
  "secrets set": /pipe it in/,
  shell: /smart0dte exec/,
}

/** What goes on until somebody ends it. */
const lasting = ["open", "gateway login"]

/** Ends what the others stand on. */
const last = ["sandbox reset", "sandbox stop"]

const at = world()
await at.run("sandbox")
const names = leaves(programFor({ ...at.app, exit: () => {} }).commands).toSorted(
  (a, b) => last.indexOf(a) - last.indexOf(b),
)

function leaves(list: readonly CommandUnknownOpts[], before = ""): readonly string[] {
  return list.flatMap((command) => {
    const name = `${before}${command.name()}`
    return command.commands.length > 0 ? leaves(command.commands, `${name} `) : [name]
  })
}

describe("without a terminal", { timeout: 150_000 }, () => {
  it("no row speaks of a command that is not there", () => {
    const known = [...Object.keys(rest), ...Object.keys(wants), ...lasting, ...last]
    expect(known.filter((name) => !names.includes(name))).toEqual([])
  })

  // Before the sandbox that they lead into is ended.
  it.each(lasting)("%s asks nothing either, and ends when it is told to", async (name) => {
    const running = start(`${name} ${rest[name] ?? ""}`)
    let heard = ""
    running.stderr.on("data", (part) => {
      heard += part
      if (heard.includes("Ctrl-C ends it")) running.kill("SIGINT")
    })
    const { exitCode, timedOut, stderr } = await running
    expect(timedOut).toBe(false)
    expect([130, 1, 2, 3], stderr).toContain(exitCode)
  })

  it.each(names.filter((name) => !lasting.includes(name)))(
    "%s does its work, or names what is missing",
    async (name) => {
      const { exitCode, stderr, timedOut } = await start(`${name} ${rest[name] ?? ""}`)
      expect(timedOut, "it waits for somebody").toBe(false)
      const wanted = wants[name]
      if (wanted) {
        expect(exitCode, stderr).toBe(2)
        expect(stderr).toMatch(wanted)
      }
      expect([0, 1, 2, 3, 4, 6, 7], stderr).toContain(exitCode)
      expect(stderr).not.toContain("this is a bug")
      if (exitCode === 2) expect(stderr).toMatch(/--[a-z]|missing required argument|pipe it in|smart0dte /)
    },
  )
})
