import type { App } from "../app.ts"

/** The app of one command, which says here what the process is to end with. */
export interface Ending extends App {
  exit(code: number): void
}
