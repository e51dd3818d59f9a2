import { stringify } from "yaml"
import type { Settings } from "./settings.ts"

/** Settings as a configuration file has them. */
export const writtenSettings = (settings: Settings, heading: string): string => `# ${heading}\n${stringify(settings)}`
