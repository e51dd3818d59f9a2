import { afterEach, beforeEach, expect, test } from "vitest"
import { type Bench, bench, machine } from "./bench.ts"

let on: Bench
beforeEach(() => {
  on = bench()
})
afterEach(() => on.close())

const offset = async () => Number((await on.ok("chronyc -c tracking")).split(",")[4])

test("a machine's clock is right", async () => {
  expect((await on.ok("chronyc -c tracking")).trim().split(",")).toHaveLength(14)
  expect(Math.abs(await offset())).toBeLessThan(0.001)
})

test("it is as wrong as the sandbox is told", async () => {
  on.mishap = (name, about) =>
    name === "clock" && about === `clock:${machine}` ? { name: "clock", seconds: 3 } : undefined
  expect(await offset()).toBe(3)
  on.mishap = (name) => ({ name })
  expect(await offset()).toBe(5)
})

test("nothing else is asked of it", async () => {
  expect(await on.call("chronyc makestep")).toMatchObject({ code: 125 })
})
