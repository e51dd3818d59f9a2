import type { LogResult, PrintedResult } from "../results/node.ts"
import { mark, type Page } from "./page.ts"
import { escapeControls } from "./value.ts"

/** As it was printed, and never cut: it may be piped into another program. */
export function printedLines({ lines }: PrintedResult, page: Page): readonly string[] {
  return lines.map((line) => `${mark(page)}${escapeControls(line.replaceAll("\t", "  "))}`)
}

export function logLines({ lines, together }: LogResult, page: Page): readonly string[] {
  return lines.map(({ system, service, time, text }) => {
    const whose = together ? `${system} ${service}` : service
    const head = [page.paint.dim(time), page.paint.cyan(whose)].filter((part) => part !== "")
    return `${mark(page)}${head.join(" ")} ${escapeControls(text.replaceAll("\t", "  "))}`
  })
}
