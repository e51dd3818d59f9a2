import { describe, expect, it } from "vitest"
import { namedFor } from "../../src/aws/iam/iam-names.ts"
import { listed } from "../../src/aws/listed.ts"
import { birthTags } from "../../src/aws/tags.ts"

const thing = (key: string, state = "here") => ({ state, Tags: birthTags({ scope: "poc", key }) })
const found = ({ state }: { readonly state: string }) =>
  state === "gone" ? undefined : ({ live: { state }, phase: "ready" } as const)

describe("things found by their tags", () => {
  it("are those of one kind, by scope and name", () => {
    const things = [thing("subnet/a"), thing("volume/a"), { state: "here", Tags: [] }]
    expect(listed("subnet", things, found)).toEqual([
      { scope: "poc", name: "a", owner: "ours", phase: "ready", live: { state: "here" } },
    ])
  })

  it("are not those that AWS still shows after they went", () => {
    expect(listed("subnet", [thing("subnet/a", "gone"), thing("subnet/b")], found)).toHaveLength(1)
  })
})

describe("things found by path and name", () => {
  it.each([
    ["/smart0dte/poc/", "smart0dte-poc-node", { scope: "poc", name: "node" }],
    ["/smart0dte/dev-stage/", "smart0dte-dev-stage-x", { scope: "dev+stage", name: "x" }],
    ["/smart0dte/prod/", "smart0dte-prod-node", undefined],
    ["/", "smart0dte-poc-node", undefined],
    ["/smart0dte/poc/", "another", undefined],
  ])("%s and %s", (path, name, identity) => {
    expect(namedFor(["poc", "dev+stage"], path, name)).toEqual(identity)
  })
})
