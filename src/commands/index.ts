import type { CommandUnknownOpts } from "@commander-js/extra-typings"
import { accessCommand } from "./access.ts"
import { approveCommand } from "./approve.ts"
import { backupCommand } from "./backup.ts"
import { billingCommand } from "./billing.ts"
import { bootstrapCommand } from "./bootstrap.ts"
import { completionCommand } from "./completion.ts"
import { costCommand } from "./cost.ts"
import { deployCommand } from "./deploy.ts"
import { destroyCommand } from "./destroy.ts"
import { doctorCommand } from "./doctor.ts"
import { driftCommand } from "./drift.ts"
import type { Ending } from "./ends.ts"
import { execCommand } from "./exec.ts"
import { gatewayCommand } from "./gateway.ts"
import { haltCommand } from "./halt.ts"
import { historyCommand } from "./history.ts"
import { iamCommand } from "./iam.ts"
import { initCommand } from "./init.ts"
import { keypairCommand } from "./keypair.ts"
import { logsCommand } from "./logs.ts"
import { modeCommand } from "./mode.ts"
import { openCommand } from "./open.ts"
import { outputsCommand } from "./outputs.ts"
import { planCommand } from "./plan.ts"
import { psCommand } from "./ps.ts"
import { releaseCommand } from "./release.ts"
import { restartCommand } from "./restart.ts"
import { resumeCommand } from "./resume.ts"
import { rollbackCommand } from "./rollback.ts"
import { sandboxCommand } from "./sandbox.ts"
import { secretsCommand } from "./secrets.ts"
import { shellCommand } from "./shell.ts"
import { statusCommand } from "./status.ts"
import { switchModeCommand } from "./switch-mode.ts"
import { unlockCommand } from "./unlock.ts"

/** All commands, in the order in which help shows them. */
export function commands(app: Ending): readonly CommandUnknownOpts[] {
  return [
    initCommand(app),
    doctorCommand(app),
    planCommand(app),
    deployCommand(app),
    statusCommand(app),
    outputsCommand(app),
    costCommand(app),
    driftCommand(app),
    destroyCommand(app),
    releaseCommand(app),
    rollbackCommand(app),
    modeCommand(app),
    switchModeCommand(app),
    haltCommand(app),
    resumeCommand(app),
    approveCommand(app),
    historyCommand(app),
    gatewayCommand(app),
    psCommand(app),
    logsCommand(app),
    restartCommand(app),
    execCommand(app),
    shellCommand(app),
    secretsCommand(app),
    bootstrapCommand(app),
    billingCommand(app),
    iamCommand(app),
    keypairCommand(app),
    backupCommand(app),
    openCommand(app),
    accessCommand(app),
    unlockCommand(app),
    sandboxCommand(app),
    completionCommand(app),
  ]
}
