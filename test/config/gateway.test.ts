import { describe, expect, it } from "vitest"
import { resolveConfig, withSampleGateway } from "../../src/config.ts"
import { Usage } from "../../src/errors.ts"

const read = (text: string) => resolveConfig({ flags: {}, env: {}, file: { path: "smart0dte.yaml", text } })

const refusalOf = async (text: string): Promise<Usage> => {
  try {
    await read(text)
  } catch (error) {
    if (error instanceof Usage) return error
    throw error
  }
  throw new Error(`it was accepted: ${text}`)
}

const digest = `sha256:${"0a".repeat(32)}`

describe("what a file says of the gateway and of going live", () => {
  it("may be nothing: no gateway runs then, and no account is known", async () => {
    expect(await read("")).toMatchObject({
      gateway: { livePort: 4003, paperPort: 4004 },
      live: { approval: "optional" },
    })
    const { gateway, live } = await read("")
    expect([gateway.image, live.account]).toEqual([undefined, undefined])
  })

  it("may be everything that there is", async () => {
    const text = `
gateway: { image: ghcr.io/gnzsnz/ib-gateway@${digest}, livePort: 4101 }
live: { account: U1234567, approval: required }
`
    expect(await read(text)).toMatchObject({
      gateway: { image: `ghcr.io/gnzsnz/ib-gateway@${digest}`, livePort: 4101, paperPort: 4004 },
      live: { account: "U1234567", approval: "required" },
    })
  })

  it.each([`registry.example.com:5000/a/b@${digest}`, `ghcr.io/a/b:10.30@${digest}`])(
    "takes the image %s",
    async (image) => {
      expect((await read(`gateway: { image: "${image}" }`)).gateway.image).toBe(image)
    },
  )
})

describe("a wrong value of them", () => {
  const byDigest = "expected an image by its digest"
  it.each([
    [
      "gateway: { image: ghcr.io/gnzsnz/ib-gateway:stable }",
      "gateway.image is ghcr.io/gnzsnz/ib-gateway:stable",
      byDigest,
    ],
    [`gateway: { image: ghcr.io/a/b@${digest}0 }`, "gateway.image is", byDigest],
    [`gateway: { image: ib-gateway@${digest} }`, "gateway.image is", byDigest],
    [`gateway: { image: "ghcr.io/$(id)/b@${digest}" }`, "gateway.image is", byDigest],
    [`gateway: { image: "a.b/c@${digest}\\n" }`, "gateway.image is", byDigest],
    ["gateway: { livePort: 0 }", "gateway.livePort is 0", "a port from 1 to 65535"],
    ["gateway: { paperPort: '4004' }", "gateway.paperPort is '4004'", "a port from 1 to 65535"],
    ["gateway: { port: 4001 }", "gateway.port is 4001", "expected one of image, livePort, paperPort"],
    ["live: { account: DU1234567 }", "live.account is DU1234567", "D is of a paper account"],
    ["live: { account: u1234567 }", "live.account is u1234567", "such as U1234567"],
    ["live: { account: 1234567 }", "live.account is 1234567", "such as U1234567"],
    ["live: { account: 'U1234567 ' }", "live.account is 'U1234567 '", "such as U1234567"],
    ["live: { account: Ս1234567 }", "live.account is Ս1234567", "such as U1234567"],
    ["live: { approval: no }", "live.approval is no", "expected required or optional"],
    ["live: { confirm: yes }", "live.confirm is yes", "expected one of account, approval"],
    ["live: true", "live is true", "expected keys such as account"],
  ])("%j is refused with its place, itself, and what was expected", async (text, message, hint) => {
    const refusal = await refusalOf(text)
    expect(refusal.message).toMatch(/^smart0dte\.yaml:1:\d+: /)
    expect(refusal.message).toContain(message)
    expect(refusal.hint).toContain(hint)
  })
})

it("the sandbox has an image and an account to rehearse with, unless others are said", async () => {
  const sampled = withSampleGateway(await read(""))
  expect(sampled.gateway).toEqual({
    image: expect.stringMatching(/^samples\.smart0dte\.invalid\/ib-gateway@sha256:[0-9a-f]{64}$/),
    livePort: 4003,
    paperPort: 4004,
  })
  expect(sampled.live).toEqual({ account: "U1234567", approval: "optional" })
  const said = await read(`{ gateway: { image: "a.b/c@${digest}" }, live: { account: U7654321 } }`)
  expect(withSampleGateway(said)).toEqual(said)
})
