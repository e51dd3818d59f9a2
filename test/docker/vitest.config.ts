import { defineConfig } from "vitest/config"
import { texts } from "../../build/texts.mjs"

export default defineConfig({
  plugins: [texts],
  test: {
    root: new URL("../..", import.meta.url).pathname,
    name: "docker",
    include: ["test/docker/**/*.test.ts"],
    globalSetup: ["test/docker/setup.ts"],
    // One engine, and published ports that only one node can have.
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
})
