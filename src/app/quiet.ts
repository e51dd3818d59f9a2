import type { Sink } from "../report/sink.ts"

/**
 * A reader that goes away (`| head`, a closed terminal) is no reason to leave a deploy half done: what is written
 * from then on is dropped, and the command ends as it would have, with its own exit code.
 */
export function dropWhenClosed(sink: Sink): void {
  sink.on("error", (error: NodeJS.ErrnoException) => {
    if (!gone.has(error.code ?? "")) throw error
  })
}

const gone: ReadonlySet<string> = new Set(["EPIPE", "EIO", "ERR_STREAM_DESTROYED", "ECONNRESET"])
