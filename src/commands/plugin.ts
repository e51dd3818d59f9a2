import { join } from "node:path"
import type { App } from "../app.ts"
import type { Config } from "../config.ts"

/** The Session Manager plugin: the sandbox brings one that speaks to its own machines. */
export const pluginFor = (app: App, config: Config): string =>
  config.options.sandbox ? join(app.sandbox(config).dir, "bin", "session-manager-plugin") : "session-manager-plugin"
