import { join } from "node:path"
import { build } from "esbuild"
import { expect, it } from "vitest"

it("finding the sandbox loads nothing of AWS, and nothing of the tool", async () => {
  const root = join(import.meta.dirname, "../..")
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ["src/sandbox/connect.ts"],
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    metafile: true,
    write: false,
  })
  const files = Object.keys(metafile.inputs)
  expect(files).toContain("src/sandbox/connect.ts")
  expect(files.filter((file) => !file.startsWith("src/sandbox/"))).toEqual([])
  expect(files.filter((file) => /\/(wire|services)\//.test(file))).toEqual([])
  const imported = Object.values(metafile.inputs).flatMap(({ imports }) => imports)
  const packages = imported.filter(({ external, path }) => external && !path.startsWith("node:"))
  expect(packages.map(({ kind, path }) => [path, kind])).toEqual([["execa", "dynamic-import"]])
})
