import { beforeAll } from "vitest"
import { holdHeartbeats } from "./heartbeats.ts"
import { openLane, type RealLane } from "./lane.ts"
import { holdReleases } from "./releases.ts"
import { holdSandboxEngine } from "./sandbox-engine.ts"
import { holdSecrets } from "./secrets.ts"
import { holdSwitches } from "./switches.ts"
import { holdSystems } from "./systems.ts"
import { holdTroubles } from "./troubles.ts"

// One file, and in this order: there is one engine, its published ports are of one node, and what is built and started
// for one test serves the next. Meanwhile another file has the stand-ins do the same.
let lane: RealLane
beforeAll(async () => {
  lane = await openLane()
})

holdSystems(() => lane)
holdHeartbeats(() => lane)
holdReleases(() => lane)
holdTroubles(() => lane)
holdSwitches(() => lane)
holdSecrets(() => lane)
holdSandboxEngine()
