import { describe, expect, it } from "vitest"
import { beyond } from "../../src/commands/agreement.ts"
import type { FieldChange, PlanRow } from "../../src/engine/plan.ts"
import { row } from "../report/samples.ts"

const change = (field: string, live: unknown, want: unknown): FieldChange => ({ field, live, want, cause: "pending" })

const created = (more: Partial<PlanRow> = {}) =>
  row("instance/node", { action: "create", fields: { id: "i-new", size: "t3", subnet: "subnet-new" }, ...more })

describe("what was agreed to", () => {
  it("covers the same, and whatever of it is left", () => {
    const agreed = [created(), row("vpc/main", { action: "update", changes: [change("a", 1, 2)], fields: { a: 2 } })]
    expect(beyond(agreed, agreed)).toEqual([])
    expect(beyond(agreed, [created()])).toEqual([])
    expect(beyond(agreed, [])).toEqual([])
  })

  it("does not cover another thing, or another action", () => {
    expect(beyond([created()], [created(), row("vpc/main", { action: "create" })])).toEqual(["vpc/main (create)"])
    expect(beyond([created()], [row("instance/node", { action: "replace" })])).toEqual([
      "instance/node (replace instead of create)",
    ])
    expect(beyond([row("vpc/main", { action: "update" })], [row("vpc/main", { action: "destroy" })])).toEqual([
      "vpc/main (destroy instead of update)",
    ])
  })

  it("tells things of two scopes apart", () => {
    const other = { ...created(), step: { ...created().step, scope: "account" } }
    expect(beyond([created()], [other])).toEqual(["instance/node (create)"])
  })

  it("covers any value that nobody knew yet, and no other one", () => {
    const agreed = [created({ untold: ["subnet"] })]
    const now = (fields: object) => [created({ fields: { ...created().fields, ...fields } })]
    expect(beyond(agreed, now({ subnet: "subnet-1" }))).toEqual([])
    expect(beyond(agreed, now({ size: "t4" }))).toEqual(["instance/node (create with other values of size)"])
    expect(beyond([created()], now({ subnet: "subnet-1" }))).toEqual([
      "instance/node (create with other values of subnet)",
    ])
  })

  it("covers what a run that was killed left to change, if it comes to the same", () => {
    const half = (want: unknown, field = "size") => [
      row("instance/node", { action: "update", changes: [change(field, "none", want)] }),
    ]
    expect(beyond([created()], half("t3"))).toEqual([])
    expect(beyond([created()], half("t4"))).toEqual(["instance/node (update with other values of size)"])
    expect(beyond([created({ untold: ["subnet"] })], half("subnet-1", "subnet"))).toEqual([])
    const replaced = [created({ action: "replace" })]
    expect(beyond(replaced, half("t3"))).toEqual([])
    expect(beyond(replaced, [created()])).toEqual([])
    expect(beyond(replaced, [created({ fields: { id: "i-new", size: "t4" } })])).toEqual([
      "instance/node (create with other values of size, subnet)",
    ])
  })

  it("covers an update only of what it showed, from what it showed", () => {
    const update = (...changes: FieldChange[]) =>
      row("vpc/main", { action: "update", changes, fields: { a: 2, b: 4, d: 5, link: "x-new" }, untold: ["link"] })
    const agreed = [update(change("a", 1, 2), change("b", 3, 4), change("link", "x-1", "x-new"))]
    expect(beyond(agreed, [update(change("b", 3, 4))])).toEqual([])
    expect(beyond(agreed, [update(change("link", "x-1", "x-2"))])).toEqual([])
    expect(beyond(agreed, [update(change("b", 7, 4))])).toEqual(["vpc/main (update with other values of b)"])
    expect(beyond(agreed, [update(change("b", 3, 9))])).toEqual(["vpc/main (update with other values of b)"])
    expect(beyond(agreed, [update(change("d", 3, 5))])).toEqual(["vpc/main (update with other values of d)"])
    expect(beyond(agreed, [update(change("c", 3, 9))])).toEqual(["vpc/main (update with other values of c)"])
  })

  it("covers taking away that very thing alone", () => {
    const gone = (id: string) => [row("vpc/main", { action: "destroy", fields: { id } })]
    expect(beyond(gone("vpc-1"), gone("vpc-1"))).toEqual([])
    expect(beyond(gone("vpc-1"), gone("vpc-2"))).toEqual(["vpc/main (destroy with other values of id)"])
  })
})
