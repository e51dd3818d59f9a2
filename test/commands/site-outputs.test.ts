import { describe, expect, it } from "vitest"
import { outputsOf } from "../../src/commands/site-outputs.ts"
import type { PlanRow } from "../../src/engine/plan.ts"

const row = (key: string, live: Readonly<Record<string, unknown>> = {}): PlanRow => {
  const [kind = "", name = ""] = key.split(/\/(.*)/s)
  const step = { key, kind, name, scope: "poc" }
  return {
    step,
    action: "same",
    changes: [],
    phase: "ready",
    holdsData: false,
    fields: {},
    live,
    prices: [],
    pricesNow: [],
    usual: 1,
  }
}

const balancer = row("load-balancer/main", { dnsName: "lb.example" })
const named = (zone: string) =>
  ["smart-0dte", "mag7-7dte"].map((system) =>
    row(`dns-record/${system}.example.com`, {
      record: `${system}.example.com`,
      type: "ALIAS A",
      zone,
      value: "Z1 lb.example",
    }),
  )

describe("the addresses of the systems", () => {
  it("are ports of the load balancer where there is no domain", () => {
    const doors = ["smart-0dte", "mag7-7dte"].map((system) => row(`listener/${system}-frontend`))
    expect(outputsOf([balancer, ...doors])).toEqual({
      loadBalancerDns: "lb.example",
      smart0dteUrl: "http://lb.example:3000",
      smart0dteApiUrl: "http://lb.example:8000",
      mag7Url: "http://lb.example:3001",
      mag7ApiUrl: "http://lb.example:8001",
    })
  })

  it("are names with HTTPS where there is one", () => {
    expect(outputsOf([balancer, row("listener/https"), ...named("Z2")])).toEqual({
      loadBalancerDns: "lb.example",
      smart0dteUrl: "https://smart-0dte.example.com",
      smart0dteApiUrl: "https://smart-0dte.example.com/api",
      mag7Url: "https://mag7-7dte.example.com",
      mag7ApiUrl: "https://mag7-7dte.example.com/api",
    })
  })

  it("are not there before the door is, but what has to be set elsewhere is", () => {
    expect(outputsOf([balancer, ...named("elsewhere")])).toEqual({
      loadBalancerDns: "lb.example",
      namesToSet: "smart-0dte.example.com CNAME lb.example, mag7-7dte.example.com CNAME lb.example",
    })
  })

  it("are those that there are, whatever a newer wish would make of them", () => {
    const wished = { ...balancer, action: "replace", fields: { dnsName: "" } } as const
    expect(outputsOf([wished, row("listener/smart-0dte-frontend")]).smart0dteUrl).toBe("http://lb.example:3000")
    expect(outputsOf([{ ...row("instance/node"), live: undefined, fields: { id: "i-new" } } as never])).toEqual({})
  })

  it("are none without a load balancer", () => {
    expect(outputsOf([row("instance/node", { id: "i-1" })])).toEqual({ instanceId: "i-1" })
  })
})
