import { DeleteParameterCommand, GetParameterCommand, PutParameterCommand } from "@aws-sdk/client-ssm"
import { describe, expect, it } from "vitest"
import { setting, settingKind } from "../../src/steps/setting.ts"
import { bench, fieldsOf, standIn } from "./bench.ts"
import { scope } from "./network.ts"
import { seesAndRepairs } from "./tamper.ts"

const on = bench()
const volume = standIn({ id: "vol-1" })

const saying = (lines: string, name = "smart-0dte") =>
  setting({
    scope,
    name,
    folder: "systems",
    needs: { volume },
    text: ({ volume }) => `${lines}\nvolume=${volume.id}\n`,
  })
const wish = () => saying("ref=main\nvariable.URL=a=b?c=d")
const Name = "/smart0dte/poc/systems/smart-0dte"
const text = async () => (await on.cloud.ssm.send(new GetParameterCommand({ Name }))).Parameter
const put = (Value: string, name = Name) =>
  on.cloud.ssm.send(new PutParameterCommand({ Name: name, Value, Type: "String", Overwrite: true }))

describe("a setting", () => {
  it("is the very text that the node reads, with what only its needs know", async () => {
    expect((await on.see(wish())).state).toBe("missing")
    await on.make(wish())
    expect(await text()).toMatchObject({
      Type: "String",
      Value: "ref=main\nvariable.URL=a=b?c=d\nvolume=vol-1\n",
    })
    expect(await on.live(wish())).toEqual({
      parameter: Name,
      lines: { ref: "main", "variable.URL": "a=b?c=d", volume: "vol-1" },
    })
    expect(await on.make(wish())).toEqual([])
  })

  it("differs by a line that is another, that is more, and that is gone", async () => {
    for (const other of ["ref=v2\nvariable.URL=a=b?c=d", "ref=main\nvariable.URL=a=b?c=d\nmore=1", "ref=main"]) {
      expect(fieldsOf(await on.see(saying(other)))).toEqual(["lines"])
      await on.make(saying(other))
      expect((await text())?.Value).toBe(`${other}\nvolume=vol-1\n`)
    }
    await on.make(wish())
  })

  it("is the same in another order, and not of another case", async () => {
    await put("volume=vol-1\nvariable.URL=a=b?c=d\nref=main\n")
    expect((await on.see(wish())).state).toBe("same")
    await put("volume=vol-1\nvariable.url=a=b?c=d\nref=main\n")
    expect((await on.see(wish())).state).toBe("differs")
    await on.make(wish())
  })

  seesAndRepairs(
    on,
    () => wish(),
    {
      lines: ({ ssm }, { parameter }) =>
        ssm.send(new PutParameterCommand({ Name: parameter, Value: "ref=evil\n", Overwrite: true })),
    },
    ["parameter"],
  )

  it("beyond 4 KB is kept all the same, and costs what AWS takes for that", async () => {
    const long = saying(`ref=main\nvariable.LONG=${"x".repeat(5000)}`)
    await on.make(long)
    expect((await on.see(long)).state).toBe("same")
    expect(settingKind.price?.(await on.live(long))).toEqual([{ sku: "ssm/advanced-parameter", units: 1 }])
    await on.unmake(false, long)
    await on.make(wish())
    expect(settingKind.price?.(await on.live(wish()))).toEqual([])
  })

  it("is known by its folder: what lies in another, or below, is none of its", async () => {
    await put("ref=main\n", "/smart0dte/poc/systems/deeper/smart-0dte")
    await put("ref=main\n", "/smart0dte/other/systems/mag7-7dte")
    expect((await settingKind.list?.(on.cloud, [scope]))?.map(({ live }) => live.parameter)).toEqual([Name])
    expect(await settingKind.list?.(on.cloud, ["account"])).toEqual([])
  })

  it("is made again where somebody deleted it, goes, and is no trouble where it is gone already", async () => {
    const live = await on.live(wish())
    await on.cloud.ssm.send(new DeleteParameterCommand({ Name }))
    expect((await on.see(wish())).state).toBe("missing")
    await on.make(wish())
    expect(await on.unmake(false, wish())).toEqual([])
    expect((await on.see(wish())).state).toBe("missing")
    expect(await settingKind.destroy?.(on.cloud, live, { purge: false })).toBeUndefined()
  })
})
