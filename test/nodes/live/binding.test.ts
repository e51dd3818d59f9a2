import { describe, expect, it } from "vitest"
import { type Bound, bindingOf, differing } from "../../../src/nodes/live/binding.ts"

const confirmed = { digest: "d".repeat(64), config: "c".repeat(16), limits: "1000/5000/10", account: "U1234567" }
const bound: Bound = {
  command: "live",
  environment: "poc 123456789012 us-east-1",
  confirmed: { "smart-0dte": confirmed },
  waived: {},
}

describe("a token", () => {
  it.each<[string, Partial<Bound>]>([
    ["command", { command: "resume" }],
    ["environment", { environment: "prod 123456789012 us-east-1" }],
    ["digest", { confirmed: { "smart-0dte": { ...confirmed, digest: "e".repeat(64) } } }],
    ["config", { confirmed: { "smart-0dte": { ...confirmed, config: "e".repeat(16) } } }],
    ["limits", { confirmed: { "smart-0dte": { ...confirmed, limits: "2000/5000/10" } } }],
    ["account", { confirmed: { "smart-0dte": { ...confirmed, account: "U7654321" } } }],
    ["reason", { waived: { hours: "the market is calm" } }],
  ])("for another %s is for something else, and it is said which", (name, other) => {
    expect(differing(bindingOf({ ...bound, ...other }), bound)).toEqual([name])
  })

  it("for another system is for something else", () => {
    const both = { ...bound, confirmed: { ...bound.confirmed, "mag7-7dte": confirmed } }
    expect(differing(bindingOf(bound), both)).toContain("system")
    expect(differing(bindingOf(both), bound)).toContain("system")
  })

  it("that says less, more or nothing is for something else", () => {
    const whole = bindingOf(bound)
    expect(differing("", bound)).toContain("digest")
    expect(differing(whole.split(" ").slice(1).join(" "), bound)).toEqual(["command"])
    expect(differing(`${whole} more=1`, bound)).toEqual(["thing"])
  })

  it("for the very same thing is for it, in whatever order it was told", () => {
    const [one, other] = [
      { a: confirmed, b: confirmed },
      { b: confirmed, a: confirmed },
    ]
    const reasons = [
      { soak: "x", hours: "y" },
      { hours: "y", soak: "x" },
    ] as const
    const first = bindingOf({ ...bound, confirmed: one, waived: reasons[0] })
    expect(differing(first, { ...bound, confirmed: other, waived: reasons[1] })).toEqual([])
  })
})
