import { Argument, Command } from "@commander-js/extra-typings"
import type { App } from "../app.ts"
import { type ExitCode, exitCodes } from "../errors.ts"
import type { Ending } from "./ends.ts"
import { findEnvironment } from "./environment.ts"
import { examples, flagsOf, type GlobalFlags } from "./flags.ts"
import { open, withAccount } from "./opening.ts"

export interface ApproveFlags extends GlobalFlags {
  readonly token: string
}

export function approveCommand(app: Ending, run = approve) {
  return new Command("approve")
    .description("Approve, as another person than the one who does it, what a token was printed for. Good once.")
    .addArgument(new Argument("<what>", "what is approved").choices(["live"]))
    .requiredOption("--token <token>", "what switch-mode live --dry-run has printed")
    .addHelpText(
      "after",
      examples(
        "smart0dte approve live --token 0123456789abcdef0123456789abcdef",
        "smart0dte approve live --token 0123456789abcdef0123456789abcdef --env prod",
      ),
    )
    .action(async (_what, own, command) => app.exit(await run(app, flagsOf(own, command))))
}

export async function approve(app: App, flags: ApproveFlags): Promise<ExitCode> {
  const opened = await open(app, "approve", flags)
  return withAccount(app, opened, flags, async (account) => {
    const scope = await findEnvironment(account, opened.config)
    const [{ stateObjects }, { approveToken }, { readToken }] = await Promise.all([
      import("../aws/state/objects.ts"),
      import("../aws/trading/approvals.ts"),
      import("../aws/trading/tokens.ts"),
    ])
    const { cloud, arn } = account
    const objects = stateObjects(cloud, cloud.s3)
    const { token } = await readToken(objects, scope, flags.token)
    const { by, at } = await approveToken(objects, scope, flags.token, arn)
    const { openLedger } = await import("../aws/trading/ledger.ts")
    const { newRun } = await import("../nodes/order.ts")
    const ledger = openLedger(objects, { scope, run: newRun(), by: arn, now: () => cloud.clock.now() })
    const epoch = (await account.trading(scope))?.record.epoch ?? 0
    const { systems, command } = token
    await ledger.write({ event: "approve", systems, epoch, what: `approves the token ${token.id} of ${token.by}` })
    const facts = {
      environment: scope,
      systems: systems.join(", "),
      for: command === "live" ? "going live" : "resuming what is live and halted",
      "made by": token.by,
      "approved by": by,
      at,
      "good until": token.until,
    }
    opened.report.show({
      type: "facts",
      about: `approved for ${scope}, once`,
      facts,
      next: [`${token.by} can go on now: the same command with --confirm-live ${token.id}`],
    })
    return exitCodes.done
  })
}
