import { costMarkdown } from "./markdown/cost.ts"
import { driftMarkdown } from "./markdown/drift.ts"
import { planMarkdown } from "./markdown/plan.ts"
import { statusMarkdown } from "./markdown/status.ts"
import type { Result } from "./results.ts"

/** A result as a comment below a pull request. Only for what has a form of its own there. */
export function markdownOf(result: Result, sandbox: boolean): string {
  return `${linesOf(result, sandbox ? "[sandbox] " : "").join("\n")}\n`
}

function linesOf(result: Result, mark: string): readonly string[] {
  switch (result.type) {
    case "plan":
      return planMarkdown(result, mark)
    case "status":
      return statusMarkdown(result, mark)
    case "cost":
      return costMarkdown(result, mark)
    case "drift":
      return driftMarkdown(result, mark)
    default:
      throw new Error(`there is no markdown of ${result.type}`)
  }
}
