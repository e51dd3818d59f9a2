import { wrap } from "./fit.ts"
import type { Page } from "./page.ts"

/** What to do next, each a command to copy or one sentence. */
export function nextLines(next: readonly string[], page: Page): readonly string[] {
  return next.flatMap((line) => wrap(`${page.paint.cyan("next:")} ${line}`, page.width))
}
