import { defineConfig } from "vitest/config"
import { texts } from "./build/texts.mjs"

/** What needs more than Node has a lane of its own: test/terminal, test/conformance. */
const lanes = ["test/terminal/**", "test/conformance/**"]
/** Tests of what is distributed: it is built before them. */
const built = ["test/**/*.built.test.ts"]

export default defineConfig({
  plugins: [texts],
  test: {
    projects: [
      { extends: true, test: { name: "unit", include: ["test/**/*.test.ts"], exclude: [...lanes, ...built] } },
      {
        extends: true,
        test: {
          name: "built",
          include: built,
          exclude: lanes,
          globalSetup: ["build/before-tests.mjs"],
          testTimeout: 60_000,
        },
      },
    ],
  },
})
