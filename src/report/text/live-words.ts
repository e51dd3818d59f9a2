import type { LiveChecksResult } from "../results/live.ts"
import type { Page } from "./page.ts"

/** In the sandbox nothing is live: it is a rehearsal, and called so wherever it could be taken for the real thing. */
export const goingLive = ({ command }: Pick<LiveChecksResult, "command">, { sandbox }: Pick<Page, "sandbox">): string =>
  `${sandbox ? "a rehearsal of " : ""}${command === "live" ? "going live" : "going on live"}`
