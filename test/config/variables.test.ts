import { describe, expect, test } from "vitest"
import { flagOf, variableOf } from "../../src/config/given.ts"
import { optionsSchema } from "../../src/config/options.ts"
import { settingsSchema } from "../../src/config/settings.ts"
import { resolveConfig, resolveOptions } from "../../src/config.ts"

const keys = [...Object.keys(settingsSchema.shape).filter((key) => key !== "live"), ...Object.keys(optionsSchema.shape)]

test("every key has a flag and a variable of its own", () => {
  expect(keys.map((key) => `${key} ${flagOf(key)} ${variableOf(key)}`)).toMatchInlineSnapshot(`
    [
      "account --account SMART0DTE_ACCOUNT",
      "region --region SMART0DTE_REGION",
      "profile --profile SMART0DTE_PROFILE",
      "env --env SMART0DTE_ENV",
      "egress --egress SMART0DTE_EGRESS",
      "allowedCidrs --allowed-cidrs SMART0DTE_ALLOWED_CIDRS",
      "loadBalancer --load-balancer SMART0DTE_LOAD_BALANCER",
      "domain --domain SMART0DTE_DOMAIN",
      "vpcCidr --vpc-cidr SMART0DTE_VPC_CIDR",
      "instanceType --instance-type SMART0DTE_INSTANCE_TYPE",
      "diskGb --disk-gb SMART0DTE_DISK_GB",
      "databaseMajor --database-major SMART0DTE_DATABASE_MAJOR",
      "databaseClass --database-class SMART0DTE_DATABASE_CLASS",
      "databaseGb --database-gb SMART0DTE_DATABASE_GB",
      "cacheEngine --cache-engine SMART0DTE_CACHE_ENGINE",
      "cacheType --cache-type SMART0DTE_CACHE_TYPE",
      "email --email SMART0DTE_EMAIL",
      "sms --sms SMART0DTE_SMS",
      "webhook --webhook SMART0DTE_WEBHOOK",
      "logDays --log-days SMART0DTE_LOG_DAYS",
      "flowLogs --flow-logs SMART0DTE_FLOW_LOGS",
      "publicKey --public-key SMART0DTE_PUBLIC_KEY",
      "systems --systems SMART0DTE_SYSTEMS",
      "gateway --gateway SMART0DTE_GATEWAY",
      "bootstrap --bootstrap SMART0DTE_BOOTSTRAP",
      "billing --billing SMART0DTE_BILLING",
      "config --config SMART0DTE_CONFIG",
      "output --output SMART0DTE_OUTPUT",
      "lockTimeout --lock-timeout SMART0DTE_LOCK_TIMEOUT",
      "sandbox --sandbox SMART0DTE_SANDBOX",
      "sandboxDir --sandbox-dir SMART0DTE_SANDBOX_DIR",
      "sandboxProfile --sandbox-profile SMART0DTE_SANDBOX_PROFILE",
      "sandboxSpeed --sandbox-speed SMART0DTE_SANDBOX_SPEED",
      "sandboxDocker --sandbox-docker SMART0DTE_SANDBOX_DOCKER",
      "sandboxLease --sandbox-lease SMART0DTE_SANDBOX_LEASE",
    ]
  `)
})

test("no variable confirms anything, or says who may", async () => {
  const names = keys.map(variableOf)
  for (const word of [/YES/, /CONFIRM/, /CONSENT/, /FORCE/, /APPROVE/, /WAIVE/, /LIVE/, /PURGE/, /REPLACE/]) {
    expect(names.filter((name) => word.test(name))).toEqual([])
  }
  const env = { SMART0DTE_YES: "1", SMART0DTE_FORCE: "1", SMART0DTE_CONFIRM_LIVE: "token" }
  expect(await resolveConfig({ flags: {}, env })).toEqual(await resolveConfig({ flags: {}, env: {} }))
  expect(resolveOptions({ flags: {}, env })).toEqual(resolveOptions({ flags: {}, env: {} }))
})

test("what going live is bound to stands in the file alone", async () => {
  const text = "live: { account: U7654321, approval: required }"
  const file = { path: "smart0dte.yaml", text }
  const said = { account: "U7654321", approval: "required" }
  expect((await resolveConfig({ flags: {}, env: {}, file })).live).toEqual(said)
  expect((await resolveConfig({ flags: { live: '{"approval":"optional"}' }, env: {}, file })).live).toEqual(said)
  await expect(
    resolveConfig({ flags: {}, env: { SMART0DTE_LIVE: '{"approval":"optional"}' }, file }),
  ).rejects.toMatchObject({
    exitCode: 2,
    message: "SMART0DTE_LIVE says nothing: no variable has a say in going live",
    hint: expect.stringContaining("in the configuration file"),
  })
})

describe("a variable that is nearly one of ours", () => {
  test.each([
    ["SMART0DTE_SANBOX", "did you mean SMART0DTE_SANDBOX?"],
    ["SMART0DTE_ALLOWED_CIDR", "did you mean SMART0DTE_ALLOWED_CIDRS?"],
    ["SMART0DTE_CONFIRM", "did you mean SMART0DTE_CONFIG?"],
  ])("%s is refused", (name, hint) => {
    const resolve = () => resolveOptions({ flags: {}, env: { [name]: "1" } })
    expect(resolve).toThrow(expect.objectContaining({ exitCode: 2, hint: expect.stringContaining(hint) }))
    expect(resolve).toThrow(`there is no variable ${name}`)
  })

  test("and others are somebody else's", () => {
    const env = { SMART0DTE_DASHBOARD_TITLE: "x", SANBOX: "1", SMART0DTE_SANBOX: "" }
    expect(resolveOptions({ flags: {}, env })).toEqual(resolveOptions({ flags: {}, env: {} }))
  })
})
