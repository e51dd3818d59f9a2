import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type Command, commandWith } from "./command.ts"
import { anyKeys, type Moto, startMoto } from "./moto.ts"
import { corrections } from "./moto-differences.ts"

const lacking = /elasticache:/

describe("the built command on moto, by AWS_ENDPOINT_URL", () => {
  let moto: Moto
  let command: Command
  beforeAll(async () => {
    moto = await startMoto(corrections.map(({ name }) => name))
    command = commandWith(() => ({
      AWS_ENDPOINT_URL: moto.url,
      AWS_ACCESS_KEY_ID: anyKeys.accessKeyId,
      AWS_SECRET_ACCESS_KEY: anyKeys.secretAccessKey,
    }))
  })
  afterAll(async () => {
    command.close()
    await moto.close()
  })

  // No command can leave the cache out, whose groups moto cannot list; the engine's own life on moto is in moto.test.ts.
  it.each<readonly [line: string, exitCode: number, says: RegExp]>([
    ["drift single", 1, /no environment poc is deployed in account 123456789012/],
    ["plan single --allowed-cidrs 203.0.113.10/32", 1, lacking],
    ["deploy single --yes --allowed-cidrs 203.0.113.10/32", 1, lacking],
    ["destroy single", 1, lacking],
    ["destroy single --confirm=poc", 1, lacking],
  ])("%s ends with %i", async (line, exitCode, says) => {
    const said = await command.run(...line.split(" "))
    expect(said).toMatchObject({ exitCode })
    expect(`${said.stdout}${said.stderr}`).toMatch(says)
    expect(said.stdout).not.toMatch(/sandbox/i)
  })
})
