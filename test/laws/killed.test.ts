import { vi } from "vitest"
import { convergesAfter } from "./converges-after.ts"
import { killedAt } from "./interruptions.ts"

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

convergesAfter("a run that is killed", killedAt, 1)
