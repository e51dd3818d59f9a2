import { describe, expect, it } from "vitest"
import { adoptionTags, birthTags, identityOf, scopeFilter, tagSpecification } from "../../src/aws/tags.ts"

const birth = { scope: "poc", key: "subnet/public-a" }

describe("tags at birth", () => {
  it("say whose a thing is, which step made it, and its name", () => {
    expect(Object.fromEntries(birthTags(birth).map(({ Key, Value }) => [Key, Value]))).toEqual({
      "smart0dte:scope": "poc",
      "smart0dte:step": "subnet/public-a",
      "smart0dte:environment": "poc",
      Name: "smart0dte-poc-public-a",
    })
  })

  it("go with the create call", () => {
    expect(tagSpecification(birth, "subnet")).toEqual({ ResourceType: "subnet", Tags: birthTags(birth) })
  })
})

describe("the identity", () => {
  it("is read back from what was set", () => {
    expect(identityOf(birthTags(birth))).toEqual({ scope: "poc", kind: "subnet", name: "public-a", adopted: false })
    expect(identityOf(adoptionTags(birth))).toMatchObject({ adopted: true })
  })

  it("keeps the slashes of a step's name", () => {
    expect(identityOf(birthTags({ ...birth, key: "choice/zones/a" }))).toMatchObject({
      kind: "choice",
      name: "zones/a",
    })
  })

  it.each([
    ["no tags", undefined],
    ["other tags", [{ Key: "Name", Value: "smart0dte-poc-public-a" }]],
    ["only half of ours", [{ Key: "smart0dte:scope", Value: "poc" }]],
    [
      "a step that is none",
      [
        { Key: "smart0dte:scope", Value: "poc" },
        { Key: "smart0dte:step", Value: "subnet" },
      ],
    ],
    ["tags without values", [{ Key: "smart0dte:scope" }, { Key: "smart0dte:step" }]],
  ])("is not that of a thing with %s", (_, tags) => {
    expect(identityOf(tags)).toBeUndefined()
  })

  it("is asked for by scope", () => {
    expect(scopeFilter(["poc", "account"])).toEqual({ Name: "tag:smart0dte:scope", Values: ["poc", "account"] })
  })
})
