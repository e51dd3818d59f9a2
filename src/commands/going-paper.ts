import type { Account } from "../app/account.ts"
import type { App } from "../app.ts"
import { stateObjects } from "../aws/state/objects.ts"
import { type ExitCode, exitCodes, UserError } from "../errors.ts"
import { awsWorld } from "../nodes/live/aws-world.ts"
import { leaveLive } from "../nodes/live/leave.ts"
import { nodesOf, upAmong } from "../nodes/live/nodes.ts"
import { keysFacts, toldTo } from "../nodes/live/told.ts"
import type { PaperEnd, PaperWish } from "../nodes/live/wish.ts"
import { newRun } from "../nodes/order.ts"
import type { System } from "../nodes/systems.ts"
import type { SwitchedResult } from "../report/results/live.ts"
import { rowOf, shownTelling } from "./live-carried-out.ts"
import { holding } from "./locked.ts"
import { commandLine } from "./next.ts"
import type { Opened } from "./opening.ts"
import { placeOf } from "./planning.ts"
import { haltFirst, refuseUnstated } from "./positions.ts"

export interface GoingPaper {
  readonly scope: string
  readonly systems: readonly System[]
  readonly mode: PaperWish["mode"]
  /** Somebody has said that nothing is left at the broker that nobody attends to. */
  readonly positionsChecked: boolean
}

/** From paper it asks and refuses nothing; from live it halts first, and asks what becomes of the positions. */
export async function goPaper(app: App, opened: Opened, account: Account, wish: GoingPaper): Promise<ExitCode> {
  const { scope, systems, mode } = wish
  const seen = await account.trading(scope)
  if (!seen)
    throw new UserError(`nobody has written down yet how the systems of ${scope} trade`, {
      hint: `deploy does: ${commandLine(account, "deploy single")}`,
    })
  const live = systems.filter((system) => seen.record.systems[system]?.mode === "live")
  const { cloud, arn: by } = account
  const objects = stateObjects(cloud, cloud.s3)
  const nodes = upAmong(await nodesOf(cloud, [scope]))
  const run = newRun()
  const told = { account, opened, wish: { scope } }
  if (live.length > 0) refuseUnstated(app, wish)
  const title = `switch ${systems.join(" and ")} in ${scope} to ${mode}`
  return app.interrupts.settling(async (stop) => {
    const inner = awsWorld({ cloud, objects, scope, nodes, by, run, stop })
    const world = { ...inner, ...shownTelling(told, inner) }
    if (live.length > 0) await haltFirst(app, { ...told, stop, world, live, record: seen.record, by, run, wish })
    if (mode === "testing") await namePlaceholders(opened, account, wish)
    const end = await holding(app, { opened, account, scopes: [scope], title }, () =>
      leaveLive(world, { systems, mode, by, run }),
    )
    opened.report.show(resultOf(account, wish, end))
    return end.end === "done" ? exitCodes.done : exitCodes.failed
  }, "")
}

/** It trades without them, on paper: said, and no reason to stop. */
async function namePlaceholders({ report }: Opened, { cloud }: Account, { scope, systems }: GoingPaper): Promise<void> {
  const { unset } = await keysFacts(cloud, scope)
  const all = await Promise.all(
    systems.map(async (system) => {
      const { keys } = await toldTo(cloud, scope, system)
      return keys.filter((name) => unset.has(`${system}/keys ${name}`)).map((name) => `${name} of ${system}`)
    }),
  )
  if (all.flat().length > 0) report.note(`still placeholders, so without their data: ${all.flat().join(", ")}`)
}

function resultOf(account: Account, { scope, systems, mode }: GoingPaper, end: PaperEnd): SwitchedResult {
  const { said, reasons, now, notes } = end
  const done = end.end === "done"
  const epoch = said.reduce<number | undefined>((most, one) => Math.max(most ?? 0, Number(one.epoch) || 0), undefined)
  const halted = now.some((line) => line.endsWith("/halted"))
  return {
    type: "switched",
    ...placeOf(account, scope),
    to: mode,
    outcome: done ? "done" : "failed",
    systems,
    epoch: done ? epoch : undefined,
    rows: said.map(rowOf),
    reasons,
    now,
    notes,
    next: [
      ...(done && halted ? [commandLine(account, `resume --env ${scope}`)] : []),
      ...(done ? [] : ["run the same command again"]),
      commandLine(account, `mode --env ${scope}`),
    ],
  }
}
