import { readFile } from "node:fs/promises"
import { execa } from "execa"
import { expect, test } from "vitest"

interface Packed {
  readonly size: number
  readonly unpackedSize: number
  readonly files: readonly { readonly path: string }[]
}

const { stdout } = await execa("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"])
const [packed]: readonly Packed[] = JSON.parse(stdout)
const paths = packed?.files.map(({ path }) => path) ?? []

test("holds what is needed to run, and nothing else", () => {
  const others = paths.filter((path) => !path.startsWith("dist/"))
  expect(others.sort()).toEqual([
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "bin/package.json",
    "bin/smart0dte.js",
    "docs/account.md",
    "docs/ci.md",
    "docs/iam.md",
    "docs/trading.md",
    "package.json",
    "schema/smart0dte.schema.json",
  ])
  const odd = paths.filter(
    (path) =>
      path.startsWith("dist/") && !/^dist\/(main|sandbox|session-manager-plugin)[\w-]*\.cjs(\.map)?$/.test(path),
  )
  expect(odd.sort()).toEqual(["dist/LICENSES.txt", "dist/help.txt", "dist/samples.json"])
  const programs = ["dist/main.cjs", "dist/sandbox.cjs", "dist/session-manager-plugin.cjs"]
  expect(paths).toEqual(expect.arrayContaining(programs))
})

test("is small, and brings nothing with it", async () => {
  // What the AWS SDK says of 25 services, twice: for the command, and for the sandbox, which serves them.
  expect(packed?.size).toBeLessThan(1_700_000)
  expect(packed?.unpackedSize).toBeLessThan(6_000_000)
  const { dependencies, optionalDependencies, peerDependencies } = JSON.parse(await readFile("package.json", "utf8"))
  expect([dependencies, optionalDependencies, peerDependencies]).toEqual([undefined, undefined, undefined])
})

test("names every bundled package with a licence that allows it", async () => {
  const text = await readFile("dist/LICENSES.txt", "utf8")
  const named = [...text.matchAll(/^(\S+) \d+\.\d+\.\d+\S* \((.*)\)$/gm)]
  const names = named.map(([, name]) => name)
  expect(names).toEqual(expect.arrayContaining(["@aws-sdk/client-ec2", "commander", "execa", "ora", "yaml", "zod"]))
  const free = new Set(["0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT"])
  expect(named.filter(([, , licence = ""]) => !free.has(licence)).map(([line]) => line)).toEqual([])
})

test("knows nothing of the machine that it was built on", async () => {
  const texts = await Promise.all(paths.map(async (path) => ({ path, text: await readFile(path, "utf8") })))
  expect(texts.filter(({ text }) => text.includes(process.cwd())).map(({ path }) => path)).toEqual([])
})
