import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { execa } from "execa"
import { afterAll, beforeAll, describe, expect, test } from "vitest"

const byApp = [
  ...["aws/cloud", "aws/tags", "config", "config/file", "config/settings", "engine/types", "errors", "report/report"],
  "sandbox/connect",
]

/** Who may import whom, as the house is designed; written down again so that a slip in the linter's table shows. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  "src/app.ts": byApp,
  "src/app/probe.ts": byApp,
  "src/aws/probe.ts": ["engine/types", "errors"],
  "src/blueprints/probe.ts": [
    "aws/cloud",
    "engine/wishes",
    "config/settings",
    "engine/types",
    "errors",
    "nodes/mode",
    "steps/vpc",
  ],
  "src/commands/probe.ts": [
    ...["app", "app/ask", "aws/cloud", "aws/tags", "blueprints/single", "config", "config/file", "config/settings"],
    ...[
      "engine/apply",
      "engine/types",
      "engine/wishes",
      "errors",
      "market/sessions",
      "nodes/mode",
      "policies/policies",
      "prices",
      "report/report",
      "sandbox/connect",
      "steps/vpc",
    ],
  ],
  "src/config.ts": ["errors"],
  "src/config/probe.ts": ["errors"],
  "src/engine/probe.ts": ["errors"],
  "src/errors.ts": [],
  "src/main.ts": ["app", "app/ask", "commands/index", "errors", "report/report"],
  "src/market/probe.ts": [],
  "src/nodes/probe.ts": [
    "aws/cloud",
    "aws/tags",
    "engine/types",
    "errors",
    "market/sessions",
    "prices",
    "templates/render",
  ],
  "src/policies/probe.ts": ["aws/cloud", "aws/tags", "blueprints/single", "engine/types", "templates/render"],
  "src/prices.ts": [],
  "src/report/deep/probe.ts": ["engine/types", "errors"],
  "src/sandbox/services/ec2/probe.ts": [],
  "src/steps/probe.ts": ["aws/cloud", "aws/tags", "engine/types", "errors", "prices", "templates/render"],
  "src/templates/probe.ts": ["errors"],
}

const modules = [
  ...["app", "app/ask", "aws/cloud", "aws/tags", "blueprints/single", "commands/index", "config", "config/file"],
  ...[
    "config/settings",
    "engine/apply",
    "engine/types",
    "engine/wishes",
    "errors",
    "main",
    "market/sessions",
    "nodes/mode",
    "policies/policies",
    "prices",
    "report/report",
    "sandbox/connect",
  ],
  ...["sandbox/services/index", "steps/vpc", "templates/render"],
]

const mayUse: Readonly<Record<string, readonly string[]>> = {
  "@aws-sdk/client-ec2": ["aws", "nodes", "sandbox", "steps"],
  "@commander-js/extra-typings": ["commands", "main"],
  "@inquirer/prompts": ["app"],
  chalk: ["report"],
  commander: ["commands", "main"],
  "node:child_process": [],
  ora: ["report"],
  yaml: ["config", "nodes", "sandbox"],
  "zod/mini": ["config"],
}

describe("the linter", () => {
  let folder: string
  /** What the linter refuses, as `file imports module`. */
  let refused: ReadonlySet<string>

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "imports-"))
    refused = await lint(folder)
  }, 30_000)
  afterAll(() => rm(folder, { recursive: true }))

  test("a circle", () => {
    expect(refused.has("src/steps/round.ts in a circle")).toBe(true)
    expect(refused.has("src/steps/about.ts in a circle")).toBe(true)
  })

  describe.each(Object.entries(mayImport))("in %s", (file, allowed) => {
    test.each(modules.filter((module) => partOf(module) !== partOf(file.slice("src/".length))))("%s", (module) => {
      expect(refused.has(`${file} imports ${pathTo(file, module)}`)).toBe(!allowed.includes(module))
    })

    test.each(Object.entries(mayUse))("%s", (name, users) => {
      expect(refused.has(`${file} imports ${name}`)).toBe(!users.includes(partOf(file.slice("src/".length))))
    })
  })
})

/** Offending files, each importing everything, in a project of their own with the project's own rules. */
async function lint(folder: string): Promise<ReadonlySet<string>> {
  const lines = new Map<string, readonly string[]>()
  for (const file of Object.keys(mayImport)) {
    const imports = [...modules.map((module) => pathTo(file, module)), ...Object.keys(mayUse)]
    lines.set(file, imports)
    await mkdir(join(folder, dirname(file)), { recursive: true })
    await writeFile(join(folder, file), imports.map((path) => `import type {} from "${path}"\n`).join(""))
  }
  await mkdir(join(folder, "build"))
  for (const rules of ["biome.json", "build/imports.biome.json"]) await copyFile(rules, join(folder, rules))
  await writeFile(
    join(folder, "src/steps/round.ts"),
    'import { about } from "./about.ts"\nexport const round = about\n',
  )
  await writeFile(
    join(folder, "src/steps/about.ts"),
    'import { round } from "./round.ts"\nexport const about = round\n',
  )
  const rules = ["--only=style/noRestrictedImports", "--only=suspicious/noImportCycles"]
  const only = [...rules, "--vcs-enabled=false", "--max-diagnostics=none", "--reporter=github"]
  const { stdout } = await execa("biome", ["lint", ...only], {
    cwd: folder,
    preferLocal: true,
    localDir: process.cwd(),
    reject: false,
  })
  const found = [...stdout.matchAll(/title=lint\/\w+\/(\w+),file=[^,]*?(src\/[^,]+),line=(\d+),/g)]
  return new Set(
    found.map(([, rule, file = "", line]) =>
      rule === "noImportCycles" ? `${file} in a circle` : `${file} imports ${lines.get(file)?.[Number(line) - 1]}`,
    ),
  )
}

const pathTo = (file: string, module: string): string =>
  `${"../".repeat(file.split("/").length - 2) || "./"}${module}.ts`

const partOf = (path: string): string => path.replace(/\.ts$/, "").split("/")[0] ?? ""
