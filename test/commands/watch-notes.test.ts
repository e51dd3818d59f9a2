import { expect, it } from "vitest"
import { waitingNote, watchNotes } from "../../src/commands/watch-notes.ts"
import { row } from "../report/samples.ts"

const topic = row("topic/alarms", { phase: "ready" })
const told = (more: object) =>
  row("subscription/email-a", {
    phase: "ready",
    fields: { protocol: "email", endpoint: "ops@example.com", confirmed: true },
    ...more,
  })

it("says so where nobody is told of alarms", () => {
  const nobody = [expect.stringContaining("nobody is told of alarms: --email, --sms or --webhook")]
  expect(watchNotes([topic])).toEqual(nobody)
  expect(watchNotes([topic, told({ action: "leftover" })])).toEqual(nobody)
  expect(watchNotes([topic, told({})])).toEqual([])
  expect(watchNotes([row("vpc/main", {})])).toEqual([])
})

it("says who will be asked, and who has not answered yet", () => {
  const fields = { protocol: "email", endpoint: "ops@example.com", confirmed: false }
  const { phase: _, ...fresh } = told({ action: "create", fields })
  expect(watchNotes([topic, fresh])).toEqual([
    "AWS will ask ops@example.com to confirm; until then nothing is told there",
  ])
  expect(watchNotes([topic, told({ fields })])).toEqual([
    expect.stringContaining("ops@example.com has not confirmed yet"),
  ])
  expect(waitingNote(told({ fields }))).toContain("has not confirmed yet")
  expect(waitingNote(told({}))).toBeUndefined()
  const { phase: __, ...text } = told({ action: "create", fields: { ...fields, protocol: "sms" } })
  expect(watchNotes([topic, text])).toEqual([])
})
