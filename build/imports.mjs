/** @typedef {Readonly<Record<string, readonly string[]>>} Table */

/**
 * What a part of src is, as the linter's patterns see it.
 * @type {Table}
 */
const parts = {
  app: ["app.ts", "app/**"],
  aws: ["aws/**"],
  blueprints: ["blueprints/**"],
  commands: ["commands/**"],
  config: ["config.ts", "config/**"],
  engine: ["engine/**"],
  errors: ["errors.ts"],
  main: ["main.ts"],
  market: ["market/**"],
  nodes: ["nodes/**"],
  policies: ["policies/**"],
  prices: ["prices.ts", "prices.json"],
  report: ["report/**"],
  sandbox: ["sandbox/**"],
  steps: ["steps/**"],
  templates: ["templates/**"],
}

/**
 * Some of a part: its types, or its door.
 * @type {Table}
 */
const doors = {
  "aws's context": ["aws/cloud.ts", "aws/spending.ts", "aws/step.ts"],
  // What can be measured of which thing: pure data, which says nothing about how AWS is asked.
  "aws's measures": ["aws/cloudwatch/**"],
  "config's types": ["config/settings.ts"],
  "engine's wishes": ["engine/wishes.ts"],
  "engine's types": ["engine/types.ts", "engine/events.ts", "engine/plan.ts", "engine/run.ts"],
  "sandbox's door": ["sandbox/connect.ts"],
}

/**
 * Who may import whom. A line here is all that it takes to change that.
 * @type {Table}
 */
const directions = {
  app: ["aws", "config", "engine's types", "errors", "report", "sandbox's door"],
  aws: ["engine's types", "errors"],
  blueprints: [
    "aws's context",
    "aws's measures",
    "config's types",
    "engine's types",
    "engine's wishes",
    "errors",
    "nodes",
    "steps",
  ],
  commands: [
    "app",
    "aws",
    "blueprints",
    "config",
    "engine",
    "errors",
    "market",
    "nodes",
    "policies",
    "prices",
    "report",
    "sandbox's door",
    "steps",
  ],
  config: ["errors"],
  engine: ["errors"],
  errors: [],
  main: ["app", "commands", "errors", "report"],
  market: [],
  nodes: ["aws", "engine's types", "errors", "market", "prices", "templates"],
  policies: ["aws", "blueprints", "engine's types", "templates"],
  prices: [],
  report: ["engine's types", "errors"],
  sandbox: [],
  steps: ["aws", "engine's types", "errors", "prices", "templates"],
  templates: ["errors"],
}

/**
 * Packages that only some parts may import.
 * @type {Table}
 */
const packages = {
  "@aws-sdk/**": ["aws", "nodes", "sandbox", "steps"],
  "@smithy/**": ["aws", "sandbox"],
  "@commander-js/**": ["commands", "main"],
  "@inquirer/**": ["app"],
  chalk: ["report"],
  commander: ["commands", "main"],
  ora: ["report"],
  zod: ["config"],
  "zod/**": ["config"],
  yaml: ["config", "nodes", "sandbox"],
  // A process is started by execa, with its arguments as a list.
  "node:child_process": [],
}

/** The linter's overrides that say so. A later override of a rule would replace an earlier one, so each part has one. */
export function importRules() {
  const overrides = Object.entries(directions).map(([part, may]) => ({
    includes: parts[part]?.map((path) => `src/${path}`),
    linter: {
      rules: { style: { noRestrictedImports: { level: "error", options: { patterns: patternsFor(part, may) } } } },
    },
  }))
  return `${JSON.stringify({ overrides }, undefined, 2)}\n`
}

/**
 * @param {string} part
 * @param {readonly string[]} may
 */
function patternsFor(part, may) {
  const barred = Object.keys(parts).filter((other) => other !== part && !may.includes(other))
  const foreign = barred.flatMap((other) => (parts[other] ?? []).map((path) => `**/${path}`))
  const excepted = may.flatMap((name) => (doors[name] ?? []).map((path) => `!**/${path}`))
  const others = Object.entries(packages).filter(([, users]) => !users.includes(part))
  return [
    { group: [...foreign, ...excepted], message: `${part} may import ${may.join(", ") || "nothing of src"}` },
    { group: others.map(([name]) => name), message: `not for ${part}: build/imports.mjs says who may` },
  ]
}
