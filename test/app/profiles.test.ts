import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { profilesOf } from "../../src/app/profiles.ts"

let home: string
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "smart0dte-profiles-"))
  await mkdir(join(home, ".aws"))
})
afterEach(() => rm(home, { recursive: true }))

describe("the profiles of this machine", () => {
  it("are those of both files, each once, and nothing else that has a head", async () => {
    await writeFile(join(home, ".aws", "credentials"), "\uFEFF[default]\naws_access_key_id = x\r\n[ ops ]\n# [no]\n")
    await writeFile(
      join(home, ".aws", "config"),
      '[default]\n[profile ops]\n[profile trader]\n[profile "two words"]\n[profile "quoted"]\n[sso-session corp]\n[plain]\n',
    )
    expect(await profilesOf({ HOME: home })).toEqual(["default", "ops", "quoted", "trader"])
  })

  it("are looked for where variables say", async () => {
    await writeFile(join(home, "c"), "[one]\n")
    await writeFile(join(home, "d"), "[profile two]\n")
    const env = { HOME: home, AWS_SHARED_CREDENTIALS_FILE: join(home, "c"), AWS_CONFIG_FILE: join(home, "d") }
    expect(await profilesOf(env)).toEqual(["one", "two"])
  })

  it("are none where nothing is there", async () => {
    expect(await profilesOf({ HOME: home })).toEqual([])
  })
})
