import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
} from "@aws-sdk/client-secrets-manager"
import { describe, expect, it } from "vitest"
import { linesOf } from "../../src/aws/secrets/lines.ts"
import { listSecrets } from "../../src/aws/secrets/list-secrets.ts"
import { readLine } from "../../src/aws/secrets/read-secret.ts"
import { setSecret } from "../../src/aws/secrets/set-secret.ts"
import { secret, secretKind } from "../../src/steps/secret.ts"
import { secretTampers } from "../laws/tampers/secrets.ts"
import { bench } from "./bench.ts"
import { scope } from "./network.ts"
import { seesAndRepairs } from "./tamper.ts"

const on = bench()
const name = "smart-0dte/keys"
const SecretId = `smart0dte/poc/${name}`
const wish = { scope, name, description: "Keys of smart-0dte" }
const keys = secret({ ...wish, placeholders: ["POLYGON_API_KEY", "SMTP_PASSWORD"] })
const made = secret({ scope, name: "smart-0dte/generated", description: "made", generated: ["JWT_SECRET_KEY"] })

const valuesOf = async (id = SecretId) =>
  linesOf((await on.cloud.secrets.send(new GetSecretValueCommand({ SecretId: id }))).SecretString ?? "")
const asked = (operation: string) =>
  on.sandbox.world.trace.list().filter((entry) => entry.operation === operation).length

describe("a secret", () => {
  it("is made of lines, each a placeholder or made by chance, and tells which are set without being read", async () => {
    await on.make(keys, made)
    expect(await valuesOf()).toEqual({ POLYGON_API_KEY: "unset", SMTP_PASSWORD: "unset" })
    const { JWT_SECRET_KEY } = await valuesOf("smart0dte/poc/smart-0dte/generated")
    expect(JWT_SECRET_KEY).toMatch(/^[A-Za-z0-9]{48}$/)
    const before = asked("GetSecretValue")
    expect(await on.live(keys)).toMatchObject({
      secretName: SecretId,
      lines: ["POLYGON_API_KEY", "SMTP_PASSWORD"],
      unset: ["POLYGON_API_KEY", "SMTP_PASSWORD"],
    })
    expect(await on.live(made)).toMatchObject({ lines: ["JWT_SECRET_KEY"], unset: [] })
    expect((await on.see(keys)).state).toBe("same")
    expect(asked("GetSecretValue")).toBe(before)
  })

  it("keeps what was made by chance when it is deployed again", async () => {
    const before = await valuesOf("smart0dte/poc/smart-0dte/generated")
    expect(await on.make(made)).toEqual([])
    expect(await valuesOf("smart0dte/poc/smart-0dte/generated")).toEqual(before)
  })

  const [table] = secretTampers
  seesAndRepairs(
    on,
    () => keys,
    Object.fromEntries(Object.entries(table?.rows ?? {}).map(([field, [row]]) => [field, row?.does as never])),
    Object.keys(table?.fixed ?? {}),
  )

  it("takes a value, and is as wanted with it", async () => {
    await setSecret(on.cloud, { scope, system: "smart-0dte", line: "POLYGON_API_KEY", value: "a=b c$" })
    expect(await valuesOf()).toEqual({ POLYGON_API_KEY: "a=b c$", SMTP_PASSWORD: "unset" })
    expect(await readLine(on.cloud, SecretId, "POLYGON_API_KEY")).toBe("a=b c$")
    expect(await on.live(keys)).toMatchObject({ unset: ["SMTP_PASSWORD"] })
    expect(await listSecrets(on.cloud, scope)).toEqual([
      { secret: "smart-0dte/generated", line: "JWT_SECRET_KEY", unset: false, since: expect.any(Date) },
      { secret: name, line: "POLYGON_API_KEY", unset: false, since: expect.any(Date) },
      { secret: name, line: "SMTP_PASSWORD", unset: true },
    ])
    await setSecret(on.cloud, { scope, system: "smart-0dte", line: "ANOTHER_KEY", value: "x" })
    expect((await on.see(keys)).state).toBe("same")
  })

  it("gets lines that are wanted later, and keeps the values of the others", async () => {
    const before = await valuesOf()
    const more = secret({ ...wish, placeholders: ["POLYGON_API_KEY", "SMTP_PASSWORD", "OPENAI_API_KEY"] })
    expect(await on.make(more)).toEqual([`update secret/${name}`])
    expect(await valuesOf()).toEqual({ ...before, OPENAI_API_KEY: "unset" })
    expect((await on.live(more)).unset).toEqual(["OPENAI_API_KEY", "SMTP_PASSWORD"])
  })

  it("says which line is missing, and never a value", async () => {
    await expect(readLine(on.cloud, SecretId, "SMTP_PASSWORD")).rejects.toThrow(`${SecretId} has no SMTP_PASSWORD`)
    const set = (line: string, value: string, system = "smart-0dte") =>
      setSecret(on.cloud, { scope, system, line, value })
    await expect(set("POLYGON_API_KEY", "canary\ncanary")).rejects.toThrow(
      /^the value of POLYGON_API_KEY has more than/,
    )
    await expect(set("POLYGON_API_KEY", "")).rejects.toThrow("is empty")
    await expect(set("lower", "canary")).rejects.toThrow('"lower" cannot name a secret')
    await expect(set("A_KEY", "canary", "mag7-7dte")).rejects.toThrow("there are no keys of mag7-7dte yet")
  })

  it("costs by the month", () => {
    expect(secretKind.price?.(secretKind.blank)).toEqual([{ sku: "secretsmanager/secret", units: 1 }])
  })
})

describe("a secret that goes", () => {
  const on = bench()
  const valuesOf = async () => (await on.cloud.secrets.send(new GetSecretValueCommand({ SecretId }))).SecretString

  it("remains for a week, and comes back with its values when it is wanted again", async () => {
    await on.make(keys)
    await on.cloud.secrets.send(new PutSecretValueCommand({ SecretId, SecretString: "POLYGON_API_KEY=kept\n" }))
    expect(await on.unmake(false, keys)).toEqual([
      expect.stringMatching(
        /^the secret smart0dte\/poc\/smart-0dte\/keys, free of charge, until \d{4}-\d\d-\d\d: a deploy/,
      ),
    ])
    expect((await on.see(keys)).state).toBe("missing")
    expect(await on.make(keys)).toEqual([`create secret/${name}`])
    expect(await valuesOf()).toContain("POLYGON_API_KEY=kept\n")
    expect((await on.see(keys)).state).toBe("same")
  })

  it("remains as long when the answer to its deletion was lost, and it is asked for again", async () => {
    const live = await on.live(keys)
    await on.cloud.secrets.send(new DeleteSecretCommand({ SecretId, RecoveryWindowInDays: 7 }))
    const leaves = expect.stringMatching(/^the secret smart0dte\/poc\/smart-0dte\/keys, free of charge, until /)
    expect(await secretKind.destroy?.(on.cloud, live, { purge: false })).toEqual({ leaves })
    const gone = { ...live, secretName: "smart0dte/poc/never" }
    expect(await secretKind.destroy?.(on.cloud, gone, { purge: false })).toBeUndefined()
    await on.make(keys)
  })

  it("is gone at once where nothing is to remain", async () => {
    expect(await on.unmake(true, keys)).toEqual([])
    await expect(on.cloud.secrets.send(new DescribeSecretCommand({ SecretId }))).rejects.toThrow("can't find")
  })

  it("is not brought back, nor taken for ours, when it was somebody else's", async () => {
    const Name = SecretId
    await on.cloud.secrets.send(new CreateSecretCommand({ Name, SecretString: "theirs" }))
    expect(await on.see(keys)).toMatchObject({ state: "blocked", because: expect.stringContaining("not ours") })
    await on.cloud.secrets.send(new DeleteSecretCommand({ SecretId }))
    expect(await on.see(keys)).toMatchObject({ state: "blocked" })
    const birth = { scope, key: `secret/${name}`, token: "t".repeat(64) }
    await expect(keys.create?.(on.cloud, {}, birth)).rejects.toThrow("is held by a secret of somebody else's")
    await on.cloud.secrets.send(new DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery: true }))
  })

  it("whose making was answered by nobody is made once, with the value of the first time", async () => {
    const birth = { scope, key: `secret/${name}`, token: "t".repeat(64) }
    const generated = secret({ ...wish, generated: ["JWT_SECRET_KEY"] })
    await generated.create?.(on.cloud, {}, birth)
    const first = await valuesOf()
    await expect(generated.create?.(on.cloud, {}, birth)).rejects.toThrow("ClientRequestToken")
    expect(await valuesOf()).toBe(first)
  })
})

it("a secret is short where a program takes no more", async () => {
  const screen = secret({ scope, name: "screen", description: "x", generated: ["LONG"], short: ["SHORT"] })
  await on.make(screen)
  expect(await valuesOf("smart0dte/poc/screen")).toEqual({
    LONG: expect.stringMatching(/^[A-Za-z0-9]{48}$/),
    SHORT: expect.stringMatching(/^[A-Za-z0-9]{8}$/),
  })
})
