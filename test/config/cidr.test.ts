import { describe, expect, test } from "vitest"
import { asRange, problemOfAllowed, problemOfNetwork, problemOfRange } from "../../src/config/cidr.ts"

describe("a range", () => {
  test.each(["203.0.113.0/24", "0.0.0.0/0", "203.0.113.9/32", "128.0.0.0/1"])("%s is one", (text) => {
    expect(problemOfRange(text)).toBeUndefined()
  })

  test.each([
    "203.0.113.0",
    "203.0.113.0/33",
    "203.0.113.256/32",
    "203.0.113/24",
    "2001:db8::/32",
    "10.0.0.010/32",
    "",
  ])("%j is none", (text) => {
    expect(problemOfRange(text)).toContain("expected an IPv4 range")
  })

  test("must begin where it begins", () => {
    expect(problemOfRange("203.0.113.77/24")).toBe("expected the range's own first address, 203.0.113.0/24")
  })

  test("is also an address alone", () => {
    expect(asRange("203.0.113.9")).toBe("203.0.113.9/32")
    expect(asRange("203.0.113.0/24")).toBe("203.0.113.0/24")
  })
})

describe("who may reach the load balancer", () => {
  test.each(["0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/1", "64.0.0.0/7"])("%s is as good as the world", (text) => {
    expect(problemOfAllowed(text)).toContain("nothing is open to the world")
  })

  test.each(["10.0.0.0/8", "203.0.113.9/32"])("%s is not", (text) => {
    expect(problemOfAllowed(text)).toBeUndefined()
  })
})

describe("a network", () => {
  test.each(["10.20.0.0/16", "172.31.0.0/16", "192.168.4.0/22", "172.16.0.0/20"])("%s is one", (text) => {
    expect(problemOfNetwork(text)).toBeUndefined()
  })

  test.each([
    ["10.0.0.0/15", "from /16 to /22"],
    ["10.0.0.0/23", "from /16 to /22"],
    ["172.32.0.0/16", "private range"],
    ["192.169.0.0/16", "private range"],
    ["203.0.112.0/20", "private range"],
    ["10.20.1.0/16", "10.20.0.0/16"],
    ["ten", "IPv4 range"],
  ])("%s is none: %s", (text, why) => {
    expect(problemOfNetwork(text)).toContain(why)
  })
})
