import { buildDist } from "./dist.mjs"

/** Vitest calls this once before the tests of what is distributed. */
export async function setup() {
  await buildDist()
}
