import { describe, expect, test } from "vitest"
import { resolveConfig } from "../../src/config.ts"
import { Usage } from "../../src/errors.ts"

const read = (text: string) => resolveConfig({ flags: {}, env: {}, file: { path: "smart0dte.yaml", text } })

const refusalOf = async (text: string): Promise<Usage> => {
  try {
    await read(text)
  } catch (error) {
    if (error instanceof Usage) return error
    throw error
  }
  throw new Error("it was accepted")
}

describe("what a file may say", () => {
  test.each(["", "# nothing yet\n", "---\n"])("nothing: %j", async (text) => {
    expect(await read(text)).toEqual(await read("region: us-east-1"))
  })

  test("every key", async () => {
    const text = `
account: "012345678901"
region: eu-central-1
profile: trading
env: poc
egress: public-ip
allowedCidrs: [203.0.113.9, 198.51.100.0/24]
loadBalancer: false
domain: trading.example.com
vpcCidr: 10.30.0.0/16
databaseMajor: 16
databaseClass: db.t3.medium
databaseGb: 100
cacheEngine: redis
cacheType: cache.t3.small
email: [ops@example.com]
sms: ["+12025550123"]
webhook: [https://hooks.example.com/x]
logDays: 90
systems: {}
gateway: { livePort: 4101 }
live: { approval: required }
bootstrap: { with: [config], without: [cost-tags] }
billing: { thresholds: [50], budget: 90, forecast: [100, 120] }
instanceType: m7i.2xlarge
diskGb: 200
flowLogs: true
publicKey: /keys/id.pub
`
    expect(await read(text)).toEqual({
      account: "012345678901",
      region: "eu-central-1",
      profile: "trading",
      env: "poc",
      egress: "public-ip",
      allowedCidrs: ["203.0.113.9/32", "198.51.100.0/24"],
      loadBalancer: false,
      domain: "trading.example.com",
      vpcCidr: "10.30.0.0/16",
      databaseMajor: 16,
      databaseClass: "db.t3.medium",
      databaseGb: 100,
      cacheEngine: "redis",
      cacheType: "cache.t3.small",
      email: ["ops@example.com"],
      sms: ["+12025550123"],
      webhook: ["https://hooks.example.com/x"],
      logDays: 90,
      systems: {},
      gateway: { livePort: 4101, paperPort: 4004 },
      live: { approval: "required" },
      bootstrap: { with: ["config"], without: ["cost-tags"], contacts: {} },
      billing: { thresholds: [50], budget: 90, forecast: [100, 120] },
      instanceType: "m7i.2xlarge",
      diskGb: 200,
      flowLogs: true,
      publicKey: "/keys/id.pub",
    })
  })

  test("an account without quotes keeps its leading zero", async () => {
    expect((await read("account: 012345678901")).account).toBe("012345678901")
  })
})

describe("a wrong value is shown with its place and what was expected", () => {
  test.each([
    ["region: us-east-1\negress:   natt\n", "smart0dte.yaml:2:11: egress is natt", "expected nat or public-ip"],
    ["egres: nat", 'smart0dte.yaml:1:1: there is no key "egres"', "did you mean egress?"],
    ["sandbox: true", 'smart0dte.yaml:1:1: there is no key "sandbox"', "expected one of account, region"],
    ["__proto__: 1", 'smart0dte.yaml:1:1: there is no key "__proto__"', "expected one of account"],
    ["constructor: 1", 'smart0dte.yaml:1:1: there is no key "constructor"', "expected one of account"],
    ["account: 12345", "smart0dte.yaml:1:10: account is 12345", "expected the 12 digits of an AWS account"],
    [
      "domain: Trading.example.com",
      "smart0dte.yaml:1:9: domain is Trading.example.com",
      "expected a domain in lower case",
    ],
    ["domain: example", "smart0dte.yaml:1:9: domain is example", "expected a domain in lower case"],
    ["loadBalancer: maybe", "smart0dte.yaml:1:15: loadBalancer is maybe", "expected true or false"],
    ["flowLogs: yes", "smart0dte.yaml:1:11: flowLogs is yes", "expected true or false"],
    ["diskGb: '100'", "smart0dte.yaml:1:9: diskGb is '100'", "whole number of GB from 8 to 16384"],
    ["diskGb: 7", "smart0dte.yaml:1:9: diskGb is 7", "from 8 to 16384"],
    ["diskGb: 10.5", "smart0dte.yaml:1:9: diskGb is 10.5", "whole number"],
    ["region:\n", "smart0dte.yaml:1:8: region is empty", "expected an AWS region"],
    ["vpcCidr: 10.0.0.0/8", "smart0dte.yaml:1:10: vpcCidr is 10.0.0.0/8", "from /16 to /22"],
    ["instanceType: big", "smart0dte.yaml:1:15: instanceType is big", "such as t3.xlarge"],
    ["allowedCidrs: 203.0.113.9", "smart0dte.yaml:1:15: allowedCidrs is 203.0.113.9", "expected a list"],
    ["egress:\n  - nat\n  - nat\n", "smart0dte.yaml:2:3: egress is - nat - nat", "expected nat or public-ip"],
    ["allowedCidrs: []", "smart0dte.yaml:1:15: allowedCidrs is []", "at least one"],
    [
      "allowedCidrs:\n  - 203.0.113.9\n  - 0.0.0.0/0\n",
      "smart0dte.yaml:3:5: allowedCidrs is 0.0.0.0/0",
      "nothing is open to the world",
    ],
  ])("%j", async (text, message, hint) => {
    const refusal = await refusalOf(text)
    expect(refusal.message).toBe(message)
    expect(refusal.hint).toContain(hint)
    expect(refusal.exitCode).toBe(2)
  })

  test("all at once", async () => {
    const refusal = await refusalOf("egress: natt\ndiskGb: 1\n")
    expect(refusal.message.split("\n")).toEqual([
      "smart0dte.yaml:1:9: egress is natt: expected nat or public-ip; did you mean nat?",
      "smart0dte.yaml:2:9: diskGb is 1: expected a whole number of GB from 8 to 16384",
    ])
    expect(refusal.hint).toBe("correct all 2 and run again")
  })
})

describe("broken YAML is shown with its place", () => {
  test.each([
    ["region: us-east-1\n  egress: nat\n", /^smart0dte\.yaml:\d:\d+: /],
    ["region: [a\n", /^smart0dte\.yaml:\d:\d+: /],
    ["region: us-east-1\nregion: us-west-2\n", /^smart0dte\.yaml:2:1: /],
    ["a: &x 1\nb: *y\n", /^smart0dte\.yaml:2:4: /],
    ["region: us-east-1\n---\nregion: us-west-2\n", /^smart0dte\.yaml:2:1: /],
    ["- region\n", /^smart0dte\.yaml:1:1: expected keys with values/],
    ["region", /^smart0dte\.yaml:1:1: expected keys with values/],
    ["region: !secret x\n", /^smart0dte\.yaml:1:9: /],
    ["region: '\u0000'\n", /^smart0dte\.yaml:1:\d+: /],
  ])("%j", async (text, message) => {
    const refusal = await refusalOf(text)
    expect(refusal.message).toMatch(message)
    expect(refusal.message).not.toContain("\n")
    expect(refusal.exitCode).toBe(2)
  })
})
