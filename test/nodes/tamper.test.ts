import { beforeAll, expect, it, vi } from "vitest"
import { graphOf } from "../../src/engine/order.ts"
import { keyOf } from "../../src/engine/types.ts"
import { fieldsWanted } from "../laws/attacks.ts"
import { nodeTampers } from "../laws/tampers/nodes.ts"
import { nodeGround } from "./ground.ts"

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

// Apart from the laws: what is changed of one thing on a node shows in all that stands on it, until it is told again.
const on = nodeGround()
const steps = graphOf(on.blueprint({ "mag7-7dte": { enabled: false } })).steps.filter(({ kind }) =>
  nodeTampers.some((table) => table.kind === kind.name),
)
const wish = { "mag7-7dte": { enabled: false } }

beforeAll(async () => {
  expect((await on.deploy(wish)).failed).toEqual([])
})

const tableOf = (kind: string) => nodeTampers.find((table) => table.kind === kind)

it.each(steps.map((step) => [keyOf(step), step] as const))("every wanted field of %s has a row", (_, step) => {
  const table = tableOf(step.kind.name)
  const known = [...Object.keys(table?.rows ?? {}), ...Object.keys(table?.fixed ?? {})]
  expect(fieldsWanted(step).filter((field) => !known.includes(field))).toEqual([])
})

const attacks = steps.flatMap((step) =>
  Object.entries(tableOf(step.kind.name)?.rows ?? {}).flatMap(([field, rows]) =>
    rows.map(({ does }, n) => [`${keyOf(step)} ${field} (${n + 1})`, keyOf(step), field, does] as const),
  ),
)

it.each(attacks)("%s is seen when somebody changes it, and put right", async (_, key, field, does) => {
  const found = (await on.look(wish)).findings.find((finding) => finding.key === key)
  // The row is of the very kind whose thing this is.
  await does(on.cloud, found?.found?.live as never)
  const after = (await on.look(wish)).findings.find((finding) => finding.key === key)
  expect(after?.state).toBe("differs")
  expect(after?.changes.map((change) => `${change.field} ${change.cause}`)).toContain(`${field} drift`)
  expect((await on.deploy(wish)).failed).toEqual([])
  const left = (await on.look(wish)).findings.filter(({ state }) => state !== "same")
  expect(left.map((finding) => `${finding.key} ${finding.state}`)).toEqual([])
})
