import { readFile, stat } from "node:fs/promises"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { bash } from "./bash.ts"
import { trader } from "./trader.ts"
import { recordOf } from "./trader-node.ts"

describe("the credentials with which a node reads the record", { timeout: 30_000 }, () => {
  it("are asked for once, and are in a file of root alone, never in an argument", async () => {
    const on = await trader()
    await on.run("watch")
    await on.run("watch")
    const calls = await on.calls("curl")
    expect(calls.match(/api\/token/g)).toHaveLength(2)
    expect(calls).toMatch(/--aws-sigv4 aws:amz:us-east-1:s3 -K -/)
    expect(calls).not.toMatch(/secretkey99|token99|AKIDNODE/)
    const { mode } = await stat(join(on.root, "run/smart0dte/credentials"))
    expect((mode & 0o777).toString(8)).toBe("600")
  })

  it("are asked for again before they end, and when they are not taken", async () => {
    const on = await trader()
    await on.run("watch")
    const kept = await readFile(join(on.root, "run/smart0dte/credentials"), "utf8")
    const soon = String(Math.floor(Date.now() / 1000) + 60)
    await on.world_("../root/run/smart0dte/credentials", kept.replace(/^\d+/, soon))
    await on.run("watch")
    expect((await on.calls("curl")).match(/api\/token/g)).toHaveLength(4)
    await on.trouble("403")
    await on.run("watch")
    await on.trouble("")
    await on.run("watch")
    expect((await on.calls("curl")).match(/api\/token/g)?.length).toBeGreaterThan(4)
  })

  it.each(['a"b', "a\nb", ""])("are none where one of them is %j", async (odd) => {
    const on = await trader()
    const keys = { AccessKeyId: "AKIDNODE", SecretAccessKey: odd, Token: "t", Expiration: "2099-01-01T00:00:00Z" }
    await on.world_("credentials", JSON.stringify(keys))
    await on.run("start", "smart-0dte")
    expect(await on.container("smart-0dte.backend")).toBeUndefined()
    expect(await on.mark("unread")).toBeDefined()
  })
})

describe("a trading record", () => {
  const read = async (raw: string) => {
    const lines = 'SCOPE=poc; if is_record "$RECORD"; then printf yes; else printf no; fi'
    return (await bash(["place", "settings", "trading"], lines, { RECORD: raw })).stdout
  }
  // As the shell hands it on: with an empty line at its end it would be none, whatever else it says.
  const record = recordOf(7).trimEnd()

  it("is what this program writes", async () => {
    expect(await read(record)).toBe("yes")
  })

  it.each([
    ["another scope", record.replace("scope=poc", "scope=stage")],
    ["another schema", record.replace("schema=1", "schema=2")],
    ["no schema", record.replace("schema=1\n", "")],
    ["no epoch", record.replace("epoch=7\n", "")],
    ["an epoch that is no number", record.replace("epoch=7", "epoch=1e3")],
    ["an epoch of zero", record.replace("epoch=7", "epoch=0")],
    ["an epoch that is too long", record.replace("epoch=7", "epoch=99999999999")],
    ["a mode that is none", record.replace("smart-0dte.mode=development", "smart-0dte.mode=Live")],
    ["a word for trading that is none", record.replace("smart-0dte.trading=active", "smart-0dte.trading=on")],
    ["a key twice", `${record}\nsmart-0dte.trading=active`],
    ["a line that is none", `${record}\n$(touch /tmp/x)`],
    ["an empty line", `${record}\n\nx=y`],
    ["a carriage return", record.replace("scope=poc", "scope=poc\r")],
    ["a letter that only looks like one", record.replace("active", "аctive")],
    ["a direction of reading", record.replace("active", "\u202eactive")],
    ["far too many lines", `${record}${Array.from({ length: 2000 }, (_, index) => `\na${index}.b=c`).join("")}`],
    ["nothing", ""],
  ])("is none with %s", async (_what, raw) => {
    expect(await read(raw)).toBe("no")
  })
})
