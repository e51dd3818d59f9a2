import { defineConfig } from "vitest/config"
import { texts } from "../../build/texts.mjs"

export default defineConfig({
  plugins: [texts],
  test: {
    root: new URL("../..", import.meta.url).pathname,
    name: "terminal",
    include: ["test/terminal/**/*.test.ts"],
    globalSetup: ["build/before-tests.mjs"],
    testTimeout: 60_000,
    // A test that destroys stands on a whole deploy, made before it.
    hookTimeout: 60_000,
  },
})
