import { defineConfig } from "vitest/config"
import { texts } from "../../build/texts.mjs"

export default defineConfig({
  plugins: [texts],
  test: {
    root: new URL("../..", import.meta.url).pathname,
    name: "database",
    include: ["test/database/**/*.test.ts"],
    globalSetup: ["test/database/python.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})
