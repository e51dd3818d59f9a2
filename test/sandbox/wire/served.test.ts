import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { services } from "../../../src/sandbox/services/index.ts"
import { dialectOf } from "../../../src/sandbox/wire/dialect.ts"
import { type Echo, startEcho } from "./echo.ts"
import { clientOf, roundTrip } from "./round-trip.ts"

const served = services().map((service) => ({
  service,
  dialect: dialectOf(service.signingName, service.schemas),
}))

describe("what the SDK sends is what a handler gets, and what it answers is what the SDK reads", () => {
  let echo: Echo
  beforeAll(async () => {
    echo = await startEcho()
  })
  afterAll(() => {
    echo.server.closeAllConnections()
    echo.server.close()
  })

  for (const { dialect, service } of served) {
    it.each(Object.keys(service.handlers))(`${service.signingName} %s`, async (name) => {
      const operation = dialect.operations.get(name)
      if (!operation) throw new Error(`${name} has a handler but no schema: add ${name}$ to the service's schemas`)
      const client = clientOf(service.signingName, echo.url)
      const difference = await roundTrip(dialect, operation, client, echo, 5)
      expect(difference, difference).toBeUndefined()
    })

    it(`${service.signingName} lists no operation without a handler`, () => {
      expect(Object.keys(service.handlers)).toEqual(expect.arrayContaining([...dialect.operations.keys()]))
    })
  }
})
