import { describe, expect, it } from "vitest"
import { type LockFile, lockText, noLock } from "../../../src/aws/state/lock-file.ts"
import type { Objects } from "../../../src/aws/state/objects.ts"
import { swap } from "../../../src/aws/state/swap.ts"

const heldBy = (runId: string, epoch: number, expiresAt = "2026-01-01T00:01:30Z"): LockFile => ({
  ...noLock,
  epoch,
  holder: { owner: "alice@laptop", runId, what: "deploy single", since: "2026-01-01T00:00:00Z", expiresAt },
})

/** A bucket with one object, in which the first writes go wrong as told; it says what it held in the end. */
function bucket(file: LockFile, ...mishaps: readonly ("nothing written" | "written, unheard")[]) {
  let text = lockText(file)
  let version = 1
  let puts = 0
  const objects: Objects = {
    bucket: "b",
    get: async () => ({ text, etag: String(version), at: 0 }),
    put: async (_, next, seen) => {
      const mishap = mishaps[puts++]
      if (seen !== String(version) || mishap === "nothing written") return undefined
      text = next
      version++
      return mishap ? undefined : { etag: String(version), at: 0 }
    },
    replace: async () => ({ etag: "", at: 0 }),
    remove: async () => false,
    list: async () => [],
  }
  return { objects, text: () => text, puts: () => puts }
}

describe("a swap", () => {
  it("is tried again when nothing was written", async () => {
    const { objects, text } = bucket(noLock, "nothing written")
    const next = heldBy("me", 1)
    expect(await swap(objects, "poc", next, "1", "me")).toEqual({ etag: "2", at: 0 })
    expect(text()).toBe(lockText(next))
  })

  it("that was written unheard is known by what it wrote, and not written twice", async () => {
    const { objects, puts } = bucket(noLock, "written, unheard")
    expect(await swap(objects, "poc", heldBy("me", 1), "1", "me")).toEqual({ etag: "2", at: 0 })
    expect(puts()).toBe(1)
  })

  it("takes the place of an earlier one of the same run that was written unheard", async () => {
    const { objects, text } = bucket(heldBy("me", 1, "2026-01-01T00:02:00Z"))
    const next = heldBy("me", 1, "2026-01-01T00:02:20Z")
    expect(await swap(objects, "poc", next, "an earlier version", "me")).toEqual({ etag: "2", at: 0 })
    expect(text()).toBe(lockText(next))
  })

  it.each([
    ["another run", heldBy("other", 2), heldBy("me", 1)],
    ["another run under the same number", heldBy("other", 1), heldBy("me", 1)],
    ["the same run under another number", heldBy("me", 3), heldBy("me", 1)],
    ["nobody, who has broken it", { ...noLock, epoch: 2 }, heldBy("me", 1)],
    ["nobody, under the same number", { ...noLock, epoch: 1 }, heldBy("me", 1)],
  ])("never takes the place of %s", async (_, there, next) => {
    const { objects, text } = bucket(there)
    expect(await swap(objects, "poc", next, "an earlier version", "me")).toBeUndefined()
    expect(text()).toBe(lockText(there))
  })
})
