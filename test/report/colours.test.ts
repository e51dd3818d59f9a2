import { PassThrough } from "node:stream"
import { describe, expect, it } from "vitest"
import { paintFor } from "../../src/report/colours.ts"

const terminal = Object.assign(new PassThrough(), { isTTY: true })
const pipe = new PassThrough()

describe("colours", () => {
  it.each([
    ["a terminal", terminal, {}, false, true],
    ["a pipe", pipe, {}, false, false],
    ["a pipe that is told to", pipe, { FORCE_COLOR: "1" }, false, true],
    ["a terminal that is told not to", terminal, { FORCE_COLOR: "0" }, false, false],
    ["NO_COLOR, whatever it holds", terminal, { NO_COLOR: "0" }, false, false],
    ["NO_COLOR against FORCE_COLOR", terminal, { NO_COLOR: "1", FORCE_COLOR: "1" }, false, false],
    ["an empty NO_COLOR, which is none", terminal, { NO_COLOR: "" }, false, true],
    ["a dumb terminal", terminal, { TERM: "dumb" }, false, false],
    ["--no-color against all of it", terminal, { FORCE_COLOR: "3" }, true, false],
  ])("%s", (_, sink, env, noColor, coloured) => {
    expect(paintFor(sink, env, noColor).red("x") !== "x").toBe(coloured)
  })
})
