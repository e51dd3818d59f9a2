import { readFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type Command, commandWith } from "./command.ts"
import { type Moto, startMoto } from "./moto.ts"
import { anyKeys } from "./moto-account.ts"
import { corrections } from "./moto-differences.ts"

type Row = readonly [line: string, exitCode: number, says: RegExp]

describe("iam, by the built command on moto", () => {
  let moto: Moto
  let command: Command
  beforeAll(async () => {
    moto = await startMoto(corrections.map(({ name }) => name))
    command = commandWith((dir) => ({
      AWS_ENDPOINT_URL: moto.url,
      AWS_ACCESS_KEY_ID: anyKeys.accessKeyId,
      AWS_SECRET_ACCESS_KEY: anyKeys.secretAccessKey,
      AWS_SHARED_CREDENTIALS_FILE: join(dir, "credentials"),
    }))
  })
  afterAll(async () => {
    await command.close()
    await moto.close()
  })

  const says = async (line: string, exitCode: number, what: RegExp) => {
    const said = await command.run(...line.split(" "))
    expect(said).toMatchObject({ exitCode })
    expect(`${said.stdout}${said.stderr}`).toMatch(what)
  }
  const credentials = () => readFileSync(join(command.dir, "credentials"), "utf8")
  const idIn = (text: string) => /aws_access_key_id = (\S+)/.exec(text)?.[1] ?? "none"

  // Each goes on from the one before.
  it.each<Row>([
    ["iam create-user alice --administrator --show-password", 0, /password/],
    ["iam create-user alice --administrator", 0, /alice/],
    ["iam create-user bot --service poc --profile-name bot", 0, /AKIA/],
    ["iam create-user bot", 3, /there is a user bot already/],
    ["iam list", 0, /alice[\s\S]*bot/],
    ["iam policy trader --env poc --attach alice", 0, /alice/],
    ["iam policy trader --env poc --attach alice", 0, /alice/],
  ])("%s ends with %i", says)

  it("takes another key in the old one's place, in the file and in the account", async () => {
    const old = idIn(credentials())
    await says("iam rotate-key bot --profile-name bot", 0, new RegExp(`retired\\s+${old}`))
    expect(idIn(credentials())).not.toBe(old)
    await says("iam list --output json", 0, new RegExp(idIn(credentials())))
  })

  it.each<Row>([
    // moto keeps no events: the rest of it is done all the same.
    ["iam revoke bot", 7, /the trail could not be read/],
    ["iam ci-role --repo acme/trading --env poc", 0, /role\/smart0dte\/ci\/smart0dte-ci-poc-live/],
    ["iam ci-role --repo acme/trading --env poc", 0, /oidc-provider\/token\.actions\.githubusercontent\.com/],
    ["iam delete-ci-role --env poc", 2, /--confirm/],
    ["iam delete-ci-role --env poc --confirm=poc", 0, /no access to poc any more/],
    ["iam delete-ci-role --env poc --confirm=poc", 0, /nothing for CI/],
    ["iam delete-user bot --confirm=bot", 0, /deleted/],
    ["iam delete-user alice --confirm=alice", 0, /deleted/],
    ["iam delete-user alice", 0, /there is no user alice/],
  ])("%s ends with %i", says)
})
