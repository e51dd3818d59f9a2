import { describe, expect, it } from "vitest"
import { paintFor } from "../../src/report/colours.ts"
import { jsonLines } from "../../src/report/json.ts"
import type { Result } from "../../src/report/results.ts"
import { widthOf } from "../../src/report/text/fit.ts"
import { textLines } from "../../src/report/text/text.ts"

const page = (width: number) => ({ paint: paintFor({ write: () => true } as never, {}, true), width, sandbox: true })
const words = "it cannot be looked at before that other thing is mended by whoever can"

const doctor: Result = {
  type: "doctor",
  checks: [
    { name: "clock", state: "ok", text: "as AWS's" },
    { name: "region", state: "failed", text: words, fix: words },
    { name: "free plan", state: "advice", text: words, fix: "upgrade it" },
    { name: "permissions", state: "unknown", text: `a${"\u001b"}[31mb ${words}` },
  ],
  missing: ["ec2:CreateVpc"],
  policy: undefined,
  next: ["smart0dte doctor"],
}

const keys: Result = {
  type: "keys",
  account: "123456789012",
  region: "us-east-1",
  rows: [
    {
      name: "laptop",
      keyType: "ed25519",
      fingerprint: "itK0H6LA5kouVoLIy8zTLJ+h8hOmrkmTOkc1sfScsfQ=",
      made: undefined,
      of: "keypair",
      file: undefined,
      usedBy: ["i-0a1b2c3d4e5f60718", "i-1a1b2c3d4e5f60718"],
    },
  ],
  next: [],
}

describe.each([
  ["doctor", doctor],
  ["keypair list", keys],
])("the text of %s", (_, result) => {
  it.each([20, 39, 40, 80, 200])("fits into %i columns, and says sandbox", (columns) => {
    const lines = textLines(result, page(columns))
    expect(lines.filter((line) => widthOf(line) > columns)).toEqual([])
    expect(lines.join("\n")).toContain("[sandbox]")
    expect(lines.join("\n")).not.toContain("\u001b")
  })
})

it("a doctor's last line counts what failed and what could not be looked at", () => {
  expect(textLines(doctor, page(100)).join("\n")).toContain("1 check failed, 1 could not be looked at")
  expect(jsonLines(doctor).at(-1)).toMatchObject({ type: "summary", failed: 1, missing: ["ec2:CreateVpc"] })
  expect(jsonLines(keys)).toMatchObject([
    { type: "key", name: "laptop" },
    { type: "summary", keys: 1 },
  ])
})
