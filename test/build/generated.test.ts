import { readFile } from "node:fs/promises"
import { expect, test } from "vitest"
import { generated } from "../../build/generated.mjs"

const files = await generated()

test.each([...files.keys()])("%s is as npm run generate makes it", async (path) => {
  expect(await readFile(path, "utf8")).toBe(files.get(path))
})

test("the published schema knows every key and no other", () => {
  const schema = JSON.parse(files.get("schema/smart0dte.schema.json") ?? "")
  expect(schema.additionalProperties).toBe(false)
  expect(schema.required).toBeUndefined()
  expect(schema.properties.egress).toMatchObject({ enum: ["nat", "public-ip"], default: "nat" })
  expect(schema.properties.allowedCidrs.items.pattern).toBeDefined()
  expect(Object.values<object>(schema.properties).every((property) => "description" in property)).toBe(true)
})
