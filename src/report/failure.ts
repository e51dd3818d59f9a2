import type { Page } from "./text/page.ts"
import { mark } from "./text/page.ts"
import { escapeControls } from "./text/value.ts"

/** An error as its reader is told of it. */
export interface FailureNote {
  readonly exitCode: number
  readonly message: string
  readonly hint: string | undefined
  readonly requestId: string | undefined
  /** Only with --debug. */
  readonly stack: string | undefined
}

/** What failed, what to do next, and what AWS's support asks for. Never cut: it is to be copied. */
export function failureLines(note: FailureNote, page: Omit<Page, "width">): readonly string[] {
  const { message, hint, requestId, stack } = note
  const lines = message.split("\n").map(escapeControls)
  return [
    `${mark(page)}${page.paint.red("error:")} ${lines.join("\n  ")}`,
    ...(hint === undefined ? [] : [`${page.paint.cyan("hint:")} ${escapeControls(hint)}`]),
    ...(requestId === undefined ? [] : [`AWS request id: ${escapeControls(requestId)}`]),
    ...(stack === undefined ? [] : [page.paint.dim(stack)]),
  ]
}
