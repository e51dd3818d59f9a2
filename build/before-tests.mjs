import { buildDist } from "./dist.mjs"

/** Vitest calls this once before the tests of what is distributed. */
export const setup = buildDist
