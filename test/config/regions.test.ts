import { readFile } from "node:fs/promises"
import { expect, test } from "vitest"
import { regions } from "../../src/config/regions.ts"

test("the regions are those that the SDK knows", async () => {
  const file = "node_modules/@aws-sdk/core/dist-es/submodules/client/util-endpoints/lib/aws/partitions.js"
  const { partitionsInfo } = await import(`data:text/javascript,${encodeURIComponent(await readFile(file, "utf8"))}`)
  const commercial = partitionsInfo.partitions.find(({ id }: { id: string }) => id === "aws")
  const known = Object.keys(commercial.regions).filter((name) => name !== "aws-global")
  expect(regions).toEqual(known.sort())
})
