import { vi } from "vitest"
import { convergesAfter } from "./converges-after.ts"
import { stoppedAt } from "./interruptions.ts"

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

convergesAfter("a run that is stopped", stoppedAt)
