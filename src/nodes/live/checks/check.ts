import type { LiveFacts } from "../facts.ts"

/** What one check has found. */
export interface Finding {
  /** `later`: only what comes afterwards can show it, and will. */
  readonly state: "passed" | "failed" | "later"
  readonly detail: string
  /** What to do about it. */
  readonly fix?: string
}

export type Check = (facts: LiveFacts) => Finding

export const passed = (detail: string): Finding => ({ state: "passed", detail })

export const failed = (detail: string, fix: string): Finding => ({ state: "failed", detail, fix })

export const later = (detail: string): Finding => ({ state: "later", detail })

/** A command to copy: of this environment, and of the sandbox where the facts are of it. */
export const lineFor = ({ scope, caller }: Pick<LiveFacts, "scope" | "caller">, words: string): string =>
  `smart0dte ${words} --env ${scope}${caller.sandbox ? " --sandbox" : ""}`

/** Whatever is wrong, all of it at once; else in a few words what is right. */
export const unless = (wrong: readonly string[], fix: string, right: string): Finding =>
  wrong.length === 0 ? passed(right) : failed(wrong.join("; "), fix)
