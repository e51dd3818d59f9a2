import type { CommandUnknownOpts } from "@commander-js/extra-typings"
import { completionCommand } from "./completion.ts"
import { deployCommand } from "./deploy.ts"
import { destroyCommand } from "./destroy.ts"
import { driftCommand } from "./drift.ts"
import type { Ending } from "./ends.ts"
import { outputsCommand } from "./outputs.ts"
import { planCommand } from "./plan.ts"
import { sandboxCommand } from "./sandbox.ts"
import { statusCommand } from "./status.ts"
import { unlockCommand } from "./unlock.ts"

/** All commands, in the order in which help shows them. */
export function commands(app: Ending): readonly CommandUnknownOpts[] {
  return [
    planCommand(app),
    deployCommand(app),
    statusCommand(app),
    outputsCommand(app),
    driftCommand(app),
    destroyCommand(app),
    unlockCommand(app),
    sandboxCommand(app),
    completionCommand(app),
  ]
}
