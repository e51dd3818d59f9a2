/** Where text goes: a terminal, a file, a pipe, or a test's own. */
export interface Sink extends NodeJS.WritableStream {
  readonly isTTY?: boolean
  readonly columns?: number
  readonly rows?: number
}
