import compose from "../templates/documents/compose.json" with { type: "json" }
import exec from "../templates/documents/exec.json" with { type: "json" }
import halt from "../templates/documents/halt.json" with { type: "json" }
import release from "../templates/documents/release.json" with { type: "json" }
import resume from "../templates/documents/resume.json" with { type: "json" }
import switchLive from "../templates/documents/switch-live.json" with { type: "json" }
import switchPaper from "../templates/documents/switch-paper.json" with { type: "json" }

/** What may be run on a node: to change what it has, and to look at and handle what runs. */
export const releaseDocument: object = release
export const composeDocument: object = compose
/** Apart from that: whoever has it runs what he likes in a container. */
export const execDocument: object = exec
/** How a system trades, each a power of its own. */
export const switchPaperDocument: object = switchPaper
export const switchLiveDocument: object = switchLive
export const haltDocument: object = halt
export const resumeDocument: object = resume

export type DocumentName = "release" | "compose" | "exec" | "switch-paper" | "switch-live" | "halt" | "resume"

/** What each must say on AWS before anything is run by it. */
export const documentContents: Readonly<Record<DocumentName, object>> = {
  release,
  compose,
  exec,
  "switch-paper": switchPaper,
  "switch-live": switchLive,
  halt,
  resume,
}
