import { DeleteParameterCommand, GetParameterCommand, PutParameterCommand } from "@aws-sdk/client-ssm"
import { describe, expect, it } from "vitest"
import { Usage } from "../../src/errors.ts"
import { allowedCidrs, choice, image, zones } from "../../src/steps/choice.ts"
import { bench, fieldsOf } from "./bench.ts"
import { seesAndRepairs } from "./tamper.ts"

const on = bench()
const scope = "poc"
const instanceType = "t3.xlarge"
const given = allowedCidrs({ scope, given: ["203.0.113.10/32", "198.51.100.0/24", "203.0.113.10/32"] })

describe("a choice", () => {
  it("is made once, however often it is asked", async () => {
    let asked = 0
    const counted = choice({ scope, name: "counted", asks: 0, pick: async () => `pick ${++asked}` })
    await on.make(counted)
    await on.make(counted)
    expect(await on.live(counted)).toEqual({ parameter: "/smart0dte/poc/choices/counted", value: "pick 1" })
  })

  it("is what the plan foresaw, though another would be picked by now", async () => {
    let asked = 0
    const foreseen = choice({ scope, name: "foreseen", asks: 1, pick: async () => `pick ${++asked}` })
    await on.make(foreseen)
    expect(asked).toBe(1)
    expect((await on.live(foreseen)).value).toBe("pick 1")
  })

  it("is made again when somebody deleted it", async () => {
    const pick = choice({ scope, name: "gone", asks: 0, pick: async () => "again" })
    await on.make(pick)
    const { parameter } = await on.live(pick)
    await on.cloud.ssm.send(new DeleteParameterCommand({ Name: parameter }))
    expect((await on.see(pick)).state).toBe("missing")
    await on.make(pick)
    expect((await on.live(pick)).value).toBe("again")
  })

  it("of zones is two that are open and have such machines", async () => {
    const wish = zones({ scope, instanceType })
    await on.make(wish)
    expect((await on.live(wish)).value).toBe("us-east-1a,us-east-1b")
  })

  it("of zones says when there are too few", async () => {
    const wish = zones({ scope: "dev", instanceType: "x9.huge" })
    await expect(wish.create?.(on.cloud, {}, { scope: "dev", key: "choice/zones", token: "t" })).rejects.toThrow(
      /has 0 zones with x9\.huge/,
    )
  })

  it.each([
    ["t3.xlarge", "x86_64"],
    ["t4g.xlarge", "arm64"],
  ])("of an image for %s is Amazon's newest for %s", async (type, architecture) => {
    const wish = image({ scope: architecture, instanceType: type })
    const birth = { scope: architecture, key: "choice/image", token: "t" }
    await wish.create?.(on.cloud, {}, birth)
    const value = async (Name: string) => (await on.cloud.ssm.send(new GetParameterCommand({ Name }))).Parameter?.Value
    const newest = `/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-${architecture}`
    expect(await value(wish.spec.parameter)).toBe(await value(newest))
  })
})

describe("who may reach the load balancer", () => {
  it("is what was given, in one order and each once", async () => {
    await on.make(given)
    expect((await on.live(given)).value).toBe("198.51.100.0/24,203.0.113.10/32")
  })

  seesAndRepairs(
    on,
    () => given,
    {
      value: (cloud, { parameter }) =>
        cloud.ssm.send(new PutParameterCommand({ Name: parameter, Value: "0.0.0.0/0", Overwrite: true })),
    },
    ["parameter"],
  )

  it("is changed by giving another, and kept by giving none", async () => {
    const other = allowedCidrs({ scope, given: ["192.0.2.0/24"] })
    expect(fieldsOf(await on.see(other))).toEqual(["value"])
    await on.make(other)
    const silent = allowedCidrs({ scope })
    expect((await on.see(silent)).state).toBe("same")
    expect((await on.live(silent)).value).toBe("192.0.2.0/24")
  })

  it("is wrong use where nobody has ever said it", async () => {
    await on.unmake(false, given)
    await expect(allowedCidrs({ scope }).create?.(on.cloud, {}, { scope, key: "", token: "" })).rejects.toThrow(Usage)
  })
})
