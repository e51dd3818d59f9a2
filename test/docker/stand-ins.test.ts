import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe } from "vitest"
import { type Yard, yard } from "../sandbox/machines/yard.ts"
import type { Lane } from "./lane.ts"
import { holdReleases } from "./releases.ts"
import { samplesWithNewer, sandboxLane } from "./stand-ins.ts"
import { holdSystems } from "./systems.ts"

// What the real engine is asked, word for word: whoever tries a change in the sandbox is told what a node would do.
describe("the same scripts on the sandbox's stand-ins", () => {
  let folder: string
  let on: Yard
  let lane: Lane
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "smart0dte-samples-"))
    on = await yard({ serves: await samplesWithNewer(folder) })
    lane = await sandboxLane(on)
  })
  afterAll(async () => {
    await on.close()
    await rm(folder, { recursive: true, force: true })
  })

  holdSystems(() => lane)
  holdReleases(() => lane)
})
