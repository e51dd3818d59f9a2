import { describe, expect, it } from "vitest"
import type { Objects } from "../../../src/aws/state/objects.ts"
import { approveToken } from "../../../src/aws/trading/approvals.ts"
import { readMarker } from "../../../src/aws/trading/marker.ts"
import { type TradingRecord, tradingOf, tradingText } from "../../../src/aws/trading/record.ts"
import { readToken, useToken } from "../../../src/aws/trading/tokens.ts"
import { Usage } from "../../../src/errors.ts"
import { documentContents } from "../../../src/nodes/documents.ts"
import { there } from "../../steps/bench.ts"
import { hostile } from "./hostile-values.ts"

interface Parameter {
  readonly allowedValues?: readonly string[]
  readonly allowedPattern?: string
  readonly default?: string
}

/** A value of each kind that is right, from which the wrong ones are made. */
const right: Readonly<Record<string, string>> = {
  Command: "ZWNobw==",
  Digest: "5a".repeat(32),
  Epoch: "7",
  Files: "5a".repeat(32),
  Lines: "200",
  Run: "0123456789abcdef0123456789abcdef",
  Service: "backend",
  Since: "2026-11-27T14:30:00Z",
  Wish: "0123456789abcdef",
}

/** All documents' parameters, as AWS is told to check them before a node hears of a command. */
const parameters = Object.entries(documentContents).flatMap(([document, content]) => {
  // Each is a document of this shape: its own test says so.
  const { parameters: own } = content as { readonly parameters: Readonly<Record<string, Parameter>> }
  return Object.entries(own).map(([name, parameter]) => ({ document, name, parameter }))
})

describe("a parameter of a document", () => {
  it.each(parameters)("$document: $name takes what is right, and nothing that only looks like it", (one) => {
    const { name, parameter } = one
    const { allowedValues, allowedPattern } = parameter
    const sample = allowedValues?.[0] ?? there(right[name])
    expect(allows(parameter, sample)).toBe(true)
    const wrong = hostile(sample).filter(([, value]) => value !== parameter.default)
    const taken = wrong.filter(([, value]) => allows(parameter, value) && !harmless(name, value))
    expect(taken.map(([how]) => how)).toEqual([])
    expect(allowedValues ?? allowedPattern).toBeDefined()
  })

  it("is always within single quotes, out of which none of these letters leads", () => {
    for (const [document, content] of Object.entries(documentContents)) {
      const text = JSON.stringify(content)
      const bare = [...text.matchAll(/(.)\{\{ (\w+) \}\}(.)/g)].filter(
        ([, before, , after]) => `${before}${after}` !== "''",
      )
      expect(
        bare.map(([all]) => all),
        document,
      ).toEqual([])
      expect(text, document).toContain("{{ System }}")
    }
  })
})

const allows = ({ allowedValues, allowedPattern = "$^" }: Parameter, value: string): boolean =>
  allowedValues ? allowedValues.includes(value) : new RegExp(allowedPattern).test(value)

/** Other letters of the same few, and as short: a node reads them as what they are. */
const harmless = (name: string, value: string): boolean =>
  value.length < 100 && (name === "Command" ? /^[A-Za-z0-9+/=]*$/ : /^[A-Za-z0-9_.:+-]*$/).test(value)

describe("the trading record", () => {
  const trading = { mode: "testing", trading: "active", trader: "i-0", since: "", digest: "", limits: "", account: "" }
  const head = { schema: 1, scope: "poc", epoch: 7, at: "2026-11-21T12:00:00Z", by: "arn:aws:iam::1:user/me", run: "0" }
  const record = { ...head, systems: { "smart-0dte": trading } } as TradingRecord
  const text = tradingText(record)

  it("is read as it was written", () => {
    expect(tradingOf("poc", text)).toEqual(record)
  })

  const lines = ["schema=1", "scope=poc", "epoch=7", "smart-0dte.mode=testing", "smart-0dte.trading=active"]

  it.each(lines)("is not read where %s is anything else", (line) => {
    const [key = "", value = ""] = line.split("=")
    for (const [how, other] of hostile(value)) {
      const changed = text.replace(`${line}\n`, `${key}=${other}\n`)
      expect(() => tradingOf("poc", changed), how).toThrow("cannot be read")
    }
    for (const [how, other] of hostile(key)) {
      const changed = text.replace(`${line}\n`, `${other}=${value}\n`)
      expect(systemsIn(changed), how).not.toContain("smart-0dte")
    }
    expect(systemsIn(text.replace(`${line}\n`, ""))).not.toContain("smart-0dte")
    expect(() => tradingOf("poc", `${text}${line}\n`)).toThrow("cannot be read")
  })

  it("is not read where it has no end", () => {
    expect(() => tradingOf("poc", text.replace("by=", `by=${"a".repeat(65_536)}`))).toThrow("cannot be read")
  })

  it("has no line that an account, an image or a person could add", () => {
    for (const field of ["trader", "digest", "limits", "account"] as const) {
      for (const [how, value] of hostile("U1234567").filter(([, one]) => !/^[\x20-\x7e]*$/.test(one))) {
        const systems = { "smart-0dte": { ...record.systems["smart-0dte"], [field]: value } }
        expect(() => tradingText({ ...record, systems } as TradingRecord), how).toThrow("in the trading record")
      }
    }
    expect(() => tradingText({ ...record, by: "me\nsmart-0dte.mode=live" })).toThrow("in the trading record")
  })
})

describe("the marker", () => {
  it("says that nothing is halted by one word only", async () => {
    const says = async (text: string) => (await readMarker(holding(text), "poc", "smart-0dte"))?.halted
    expect(await says("clear\nat=now\n")).toBe(false)
    expect(await says("clear")).toBe(false)
    for (const [how, value] of hostile("clear").filter(([, one]) => one.split("\n")[0] !== "clear"))
      expect(await says(`${value}\nat=now\n`), how).toBe(true)
  })
})

describe("a token", () => {
  const id = "0123456789abcdef0123456789abcdef"
  const use = { id, scope: "poc", command: "live", binding: "b", by: "me", run: "r" } as const

  it.each(hostile(id))("is not asked for where it is %s", async (_, value) => {
    const nowhere = holding(undefined)
    await expect(readToken(nowhere, "poc", value)).rejects.toBeInstanceOf(Usage)
    await expect(useToken(nowhere, { ...use, id: value })).rejects.toBeInstanceOf(Usage)
    await expect(approveToken(nowhere, "poc", value, "you")).rejects.toBeInstanceOf(Usage)
    expect(nowhere.asked).toEqual([])
  })

  it("that is right is looked for", async () => {
    const nowhere = holding(undefined)
    await expect(readToken(nowhere, "poc", id)).rejects.toThrow(`poc has no token ${id}`)
    expect(nowhere.asked).toEqual([`trading/poc/tokens/${id}.json`])
  })
})

/** Whoever is not in the record trades nothing, and a record that cannot be read has nobody in it. */
function systemsIn(text: string): readonly string[] {
  try {
    return Object.keys(tradingOf("poc", text).systems)
  } catch {
    return []
  }
}

/** A bucket in which each object is this text, and which remembers what it was asked for. */
function holding(text: string | undefined): Objects & { readonly asked: string[] } {
  const asked: string[] = []
  const unwanted = () => Promise.reject(new Error("nothing is to be written"))
  return {
    asked,
    get: (key: string) => {
      asked.push(key)
      return Promise.resolve({
        text,
        etag: text === undefined ? undefined : '"e"',
        at: Date.parse("2026-11-27T15:00:00Z"),
      })
    },
    put: unwanted,
    replace: unwanted,
    remove: unwanted,
    list: unwanted,
  } as unknown as Objects & { readonly asked: string[] }
}
