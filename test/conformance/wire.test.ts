import { join } from "node:path"
import { execa } from "execa"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import constraints from "../../src/sandbox/constraints.json" with { type: "json" }
import { type Dialect, dialectOf } from "../../src/sandbox/wire/dialect.ts"
import { type Echo, startEcho } from "../sandbox/wire/echo.ts"
import { clientOf, MODULES, roundTrip } from "../sandbox/wire/round-trip.ts"
import { pythonProgram } from "./python.ts"
import baseline from "./wire-baseline.json" with { type: "json" }
import { startControl } from "./wire-control.ts"
import { type Findings, report, speakable } from "./wire-findings.ts"

const dialects: ReadonlyMap<string, Dialect> = new Map(
  Object.entries(MODULES).map(([service, schemas]) => [
    service,
    dialectOf(service, schemas as Readonly<Record<string, unknown>>),
  ]),
)

describe("every operation of every client goes through the wire and back", () => {
  let echo: Echo
  beforeAll(async () => {
    echo = await startEcho()
  })
  afterAll(() => {
    echo.server.closeAllConnections()
    echo.server.close()
  })

  it.each([...dialects.values()])("$service, by the SDK", async (dialect) => {
    const client = clientOf(dialect.service, echo.url)
    const failing: Record<string, string> = {}
    const operations = [...dialect.operations.values()].filter(speakable)
    for (const operation of operations) {
      const difference = await roundTrip(dialect, operation, client, echo, 8)
      if (difference !== undefined) failing[operation.name] = difference
    }
    report(`${dialect.service} by the SDK`, { operations: operations.length, failing })
    expectNoLess(dialect.service, { operations: operations.length, failing }, baseline.sdk)
  })

  it("all of them, by botocore", async () => {
    const python = await pythonProgram("python")
    const control = await startControl(echo, dialects)
    const script = join(import.meta.dirname, "wire_botocore.py")
    const { stdout } = await execa(python, [script, constraints.botocore, echo.url, control.url, ...dialects.keys()])
    control.close()
    const found: Readonly<Record<string, Findings>> = JSON.parse(stdout)
    for (const [service, findings] of Object.entries(found)) report(`${service} by botocore`, findings)
    for (const [service, findings] of Object.entries(found)) expectNoLess(service, findings, baseline.botocore)
  })
})

/** The share that passes may not fall: what did is in the committed baseline, and nothing else may fail. */
function expectNoLess(service: string, found: Findings, before: Readonly<Record<string, Findings>>) {
  const known = before[service]
  if (!known) throw new Error(`wire-baseline.json has no row for ${service}: ${JSON.stringify(found)}`)
  expect(found.operations).toBeGreaterThanOrEqual(known.operations)
  expect(Object.keys(known.failing)).toEqual(expect.arrayContaining(Object.keys(found.failing)))
}
