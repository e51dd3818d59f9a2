import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { type Sandboxed, sandboxed } from "../aws/sandboxed.ts"
import { type World, world } from "./small-world.ts"

let at: World
let aws: Sandboxed
beforeEach(async () => {
  aws = await sandboxed()
  at = world()
  at.aws = await aws.open()
  at.records.push("poc")
})
afterEach(() => aws.close())

describe("iam policy", () => {
  it.each(["trader", "operator", "ci-live"])(
    "prints that of a %s as JSON that IAM takes, and changes nothing",
    async (name) => {
      expect(await at.run(`iam policy ${name}`)).toBe(0)
      const { Version, Statement } = JSON.parse(at.said.out)
      expect(Version).toBe("2012-10-17")
      expect(Statement.map(({ Sid }: { Sid: string }) => Sid)).toContain("TellOwnNodes")
      expect(at.said.out).toContain(`:document/smart0dte-poc-halt`)
      expect(at.journal).toEqual(["close"])
    },
  )

  it("is of the environment that is named, also before that is there", async () => {
    expect(await at.run("iam policy trader --env prod")).toBe(0)
    expect(at.said.out).toContain("/smart0dte/prod/")
    expect(at.said.out).not.toContain("poc")
  })

  it("knows no other names", async () => {
    expect(await at.run("iam policy admin")).toBe(2)
    expect(at.said.err).toContain("admin")
  })
})
