import { defineConfig } from "vitest/config"
import { texts } from "../../build/texts.mjs"

export default defineConfig({
  plugins: [texts],
  test: {
    root: new URL("../..", import.meta.url).pathname,
    name: "docker",
    include: ["test/docker/**/*.test.ts"],
    globalSetup: ["test/docker/setup.ts"],
    // The engine has one file; beside it the stand-ins are asked.
    maxWorkers: 2,
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
})
