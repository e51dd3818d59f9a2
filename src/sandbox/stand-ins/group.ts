/** Waits for a child that leads a process group, which ends as a whole when the signal says so. */
export async function endingWith<T>(
  signal: AbortSignal,
  child: Promise<T> & { readonly pid?: number | undefined },
): Promise<T> {
  const kill = () => killGroup(child.pid)
  signal.addEventListener("abort", kill)
  if (signal.aborted) kill()
  try {
    return await child
  } finally {
    signal.removeEventListener("abort", kill)
  }
}

export function killGroup(leader: number | undefined): void {
  if (leader === undefined) return
  try {
    process.kill(-leader, "SIGKILL")
  } catch {
    // It has ended already.
  }
}
