import { defineConfig } from "vitest/config"
import { texts } from "../../build/texts.mjs"

export default defineConfig({
  plugins: [texts],
  test: {
    root: new URL("../..", import.meta.url).pathname,
    name: "conformance",
    include: ["test/conformance/**/*.test.ts"],
    globalSetup: ["build/before-tests.mjs", "test/conformance/python.ts"],
    testTimeout: 300_000,
    hookTimeout: 120_000,
  },
})
