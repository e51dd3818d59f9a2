import { describe, expect, it } from "vitest"
import file from "../src/prices.json" with { type: "json" }
import { monthlyUsd, notIncluded, priceList, priceOf, totalOf } from "../src/prices.ts"

describe("the prices", () => {
  it("say when and where they hold", () => {
    expect(priceList).toEqual({ date: "2026-11-20", region: "us-east-1", currency: "USD" })
  })

  it.each(Object.entries(file.units))("of %s are a figure by the hour or month, with its source", (sku, unit) => {
    expect(unit.usd).toBeGreaterThan(0)
    expect(["hour", "month"]).toContain(unit.unit)
    expect(Object.keys(file.sources)).toContain(unit.source)
    expect(priceOf(sku)).toEqual({ ...unit, source: expect.stringMatching(/20\d\d/) })
  })

  it("count 730 hours to a month, and a month as one", () => {
    expect(monthlyUsd({ sku: "vpc/nat-gateway", units: 1 })).toBe(32.85)
    expect(monthlyUsd({ sku: "ec2/t3.xlarge", units: 1 })).toBe(121.47)
    expect(monthlyUsd({ sku: "ebs/gp3-gb", units: 100 })).toBe(8)
    expect(monthlyUsd({ sku: "vpc/public-ipv4", units: 2 })).toBe(7.3)
  })

  it("are whole cents, and so is every sum: it is that of what is shown", () => {
    const odd = { sku: "elb/application", units: 1 }
    expect(monthlyUsd(odd)).toBe(16.43)
    expect(totalOf([odd, odd, odd]).usd).toBe(49.29)
  })

  it("do not take what has none for free", () => {
    expect(priceOf("ec2/u7in-32tb.224xlarge")).toBeUndefined()
    expect(priceOf("toString")).toBeUndefined()
    expect(monthlyUsd({ sku: "ec2/u7in-32tb.224xlarge", units: 1 })).toBeUndefined()
    const unknown = { sku: "ec2/u7in-32tb.224xlarge", units: 1 }
    const { usd, notPriced } = totalOf([unknown, { sku: "ebs/gp3-gb", units: 100 }, unknown])
    expect(usd).toBe(8)
    expect(notPriced).toEqual(["ec2/u7in-32tb.224xlarge"])
  })

  it("name what comes on top", () => {
    expect(notIncluded.map(({ what }) => what)).toContain("traffic through the NAT gateway")
    expect(notIncluded.every(({ price }) => price.length > 0)).toBe(true)
  })
})
