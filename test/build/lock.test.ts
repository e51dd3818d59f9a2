import { readFile } from "node:fs/promises"
import { expect, test } from "vitest"

interface Locked {
  readonly version?: string
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

const lock = JSON.parse(await readFile("package-lock.json", "utf8"))
const packages: Readonly<Record<string, Locked>> = lock.packages

// A registry that lacks another platform's binary lets `npm install` forget it, and from then on `npm ci` refuses.
test("the lock file has the binaries of every platform, or npm ci would refuse", () => {
  const wanted = Object.values(packages).flatMap(({ optionalDependencies = {} }) => Object.keys(optionalDependencies))
  expect(wanted).toContain("@esbuild/darwin-arm64")
  expect(wanted.filter((name) => packages[`node_modules/${name}`] === undefined)).toEqual([])
})

test("versions are exact", async () => {
  const { devDependencies } = JSON.parse(await readFile("package.json", "utf8"))
  expect(Object.values<string>(devDependencies).filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([])
})

test("names no registry, so that everybody's own is used", () => {
  expect(JSON.stringify(lock)).not.toMatch(/"resolved":/)
})
