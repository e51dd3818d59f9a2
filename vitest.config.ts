import { defineConfig } from "vitest/config"
import { texts } from "./build/texts.mjs"

/** What needs more than Node has a lane of its own: test/terminal, test/conformance, test/docker. */
const lanes = ["test/terminal/**", "test/conformance/**", "test/docker/**", "test/database/**"]
/** Tests of what is distributed: it is built before them. */
const built = ["test/**/*.built.test.ts"]

export default defineConfig({
  plugins: [texts],
  test: {
    // Modules keep no state, so files may share them: to load the SDK anew for each would take most of the time.
    isolate: false,
    // Of two cores it would leave one to itself, which has little to do.
    maxWorkers: 2,
    // Once per worker it would hide what the tests say.
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
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
