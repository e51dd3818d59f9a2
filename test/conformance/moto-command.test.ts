import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type Command, commandWith } from "./command.ts"
import { anyKeys, type Moto, startMoto } from "./moto.ts"
import { corrections } from "./moto-differences.ts"

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

  // Each goes on from the one before.
  it.each<readonly [line: string, exitCode: number, says: RegExp]>([
    ["drift single", 1, /./],
    ["deploy single --yes --allowed-cidrs 203.0.113.10/32", 0, /instanceId/],
    ["plan single --detailed-exitcode --allowed-cidrs 203.0.113.10/32", 0, /nothing to do/i],
    ["drift", 0, /./],
    ["status", 0, /instance\/node/],
    ["outputs --name vpcId", 0, /^vpc-[0-9a-f]+$/],
    ["deploy single --yes --allowed-cidrs 203.0.113.10/32", 0, /nothing to do/i],
    ["destroy single", 2, /--confirm/],
    ["destroy single --confirm=poc", 0, /./],
    ["destroy single --confirm=poc", 0, /nothing/i],
    ["destroy single", 0, /nothing/i],
  ])("%s ends with %i", async (line, exitCode, says) => {
    const said = await command.run(...line.split(" "))
    expect(said).toMatchObject({ exitCode })
    expect(`${said.stdout}${said.stderr}`).toMatch(says)
    expect(said.stdout).not.toMatch(/sandbox/i)
  })
})
