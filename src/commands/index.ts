import type { CommandUnknownOpts } from "@commander-js/extra-typings"
import { accessCommand } from "./access.ts"
import { backupCommand } from "./backup.ts"
import { completionCommand } from "./completion.ts"
import { costCommand } from "./cost.ts"
import { deployCommand } from "./deploy.ts"
import { destroyCommand } from "./destroy.ts"
import { doctorCommand } from "./doctor.ts"
import { driftCommand } from "./drift.ts"
import type { Ending } from "./ends.ts"
import { execCommand } from "./exec.ts"
import { logsCommand } from "./logs.ts"
import { openCommand } from "./open.ts"
import { outputsCommand } from "./outputs.ts"
import { planCommand } from "./plan.ts"
import { psCommand } from "./ps.ts"
import { releaseCommand } from "./release.ts"
import { restartCommand } from "./restart.ts"
import { rollbackCommand } from "./rollback.ts"
import { sandboxCommand } from "./sandbox.ts"
import { secretsCommand } from "./secrets.ts"
import { shellCommand } from "./shell.ts"
import { statusCommand } from "./status.ts"
import { unlockCommand } from "./unlock.ts"

/** All commands, in the order in which help shows them. */
export function commands(app: Ending): readonly CommandUnknownOpts[] {
  return [
    planCommand(app),
    deployCommand(app),
    statusCommand(app),
    outputsCommand(app),
    costCommand(app),
    driftCommand(app),
    destroyCommand(app),
    releaseCommand(app),
    rollbackCommand(app),
    psCommand(app),
    logsCommand(app),
    restartCommand(app),
    execCommand(app),
    shellCommand(app),
    secretsCommand(app),
    backupCommand(app),
    doctorCommand(app),
    openCommand(app),
    accessCommand(app),
    unlockCommand(app),
    sandboxCommand(app),
    completionCommand(app),
  ]
}
