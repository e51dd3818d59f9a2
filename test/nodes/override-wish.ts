import { readFile } from "node:fs/promises"
import type { OverrideWish } from "../../src/nodes/override.ts"
import { type System, systemFacts } from "../../src/nodes/systems.ts"
import { defaultLimits, variablesOf } from "../../src/nodes/variables.ts"

/** What the command line would make an override from, but for what a test says. */
export function overrideWish(given: Partial<OverrideWish> & { readonly system?: System } = {}): OverrideWish {
  const { system = "smart-0dte" } = given
  const { remove, ports, trading } = systemFacts[system]
  const surroundings = { databaseHost: "db", databasePort: 5432, cacheHost: "cache", cachePort: 6379 }
  return {
    system,
    commit: "0123456789",
    compose: "services: { backend: { build: ./backend }, frontend: { build: ./frontend } }",
    remove,
    ports,
    logs: { driver: "json-file" },
    trading,
    ...variablesOf({ system, limits: defaultLimits, ...surroundings }),
    ...given,
  }
}

export const sampleText = (system: System): Promise<string> =>
  readFile(new URL(`../../src/sandbox/samples/${system}/main/docker-compose.yml`, import.meta.url), "utf8")
