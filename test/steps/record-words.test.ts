import { describe, expect, it } from "vitest"
import { recordKind } from "../../src/steps/record.ts"

const told = (live: object, want: object) => recordKind.inWords?.([{ live, want }])

describe("what is newly wished is told by its steps", () => {
  it("those that are other, new or gone", () => {
    const last = { "vpc/main": { cidr: "1f" }, "subnet/a": { cidr: "3c" }, "key-pair/node": { key: "5a" } }
    const now = { "vpc/main": { cidr: "2e" }, "subnet/a": { cidr: "3c" }, "subnet/b": { cidr: "4d" } }
    expect(told(last, now)).toEqual(["newly wished: vpc/main, subnet/b", "no longer wished: key-pair/node"])
  })

  it("and not what is wished still, though nobody speaks of it now", () => {
    expect(told({ "vpc/main": { cidr: "1f", tags: "9a" } }, { "vpc/main": { cidr: "1f" } })).toEqual([])
  })
})
