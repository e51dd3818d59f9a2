import { CreateAnalyzerCommand, DeleteAnalyzerCommand, ListAnalyzersCommand } from "@aws-sdk/client-accessanalyzer"
import { describe, expect, it } from "vitest"
import { analyzer } from "../../src/steps/analyzer.ts"
import { bench } from "./bench.ts"
import { seesAndRepairs } from "./tamper.ts"

const scope = "account"
const main = analyzer({ scope, name: "main" })

describe("the analyzer", () => {
  const on = bench(scope)

  it("looks for what others can reach, and is waited for", async () => {
    await on.make(main)
    expect(await on.live(main)).toMatchObject({ analyzerName: "smart0dte-account-main", type: "ACCOUNT" })
    expect(await on.see(main)).toMatchObject({ state: "same", found: { phase: "ready", owner: "ours" } })
  })

  seesAndRepairs(on, () => main, {}, ["type"])

  it("is made again when somebody deleted it, and goes", async () => {
    await on.cloud.accessAnalyzer.send(new DeleteAnalyzerCommand({ analyzerName: "smart0dte-account-main" }))
    expect((await on.see(main)).state).toBe("missing")
    await on.make(main)
    expect(await on.unmake(false, main)).toEqual([])
    expect((await on.see(main)).state).toBe("missing")
  })
})

describe("an analyzer that somebody else has made", () => {
  const on = bench(scope)

  it("is adopted on request, and stays", async () => {
    const theirs = { analyzerName: "theirs", type: "ACCOUNT" as const }
    await on.cloud.accessAnalyzer.send(new CreateAnalyzerCommand(theirs))
    await expect(on.make(main)).rejects.toThrow("--adopt analyzer/main")
    expect(await on.adopt(main)).toEqual(["adopt analyzer/main"])
    expect(await on.make(main)).toEqual([])
    expect(await on.unmake(true, main)).toEqual(["it was there before, so it stays"])
    const { analyzers } = await on.cloud.accessAnalyzer.send(new ListAnalyzersCommand({}))
    expect(analyzers?.map(({ name, tags }) => [name, tags])).toEqual([["theirs", {}]])
  })
})
