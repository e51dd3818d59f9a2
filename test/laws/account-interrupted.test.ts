import { vi } from "vitest"
import { bootstrap, takeBack, willing } from "./account-ground.ts"
import { convergesAfter, type Undertaking } from "./converges-after.ts"
import { killedAt, stoppedAt } from "./interruptions.ts"

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const baseline: Undertaking = {
  few: 2,
  make: (on, run = on.run()) => bootstrap(on, willing, {}, run),
  takeAway: (on, run = on.run()) => takeBack(on, willing, true, run),
}

convergesAfter("a bootstrap that is killed", killedAt, baseline)
convergesAfter("a bootstrap that is stopped", stoppedAt, baseline)
