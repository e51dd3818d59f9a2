import { Command } from "@commander-js/extra-typings"
import type { App } from "../app.ts"
import type { Allowed } from "../aws/ec2/allowed.ts"
import { type ExitCode, exitCodes, Usage } from "../errors.ts"
import { type Access, changeVisitors, groupOf } from "./access-change.ts"
import { accessFacts } from "./access-facts.ts"
import type { Ending } from "./ends.ts"
import { findDeployed } from "./environment.ts"
import { examples, flagsOf, type GlobalFlags } from "./flags.ts"
import { open, withAccount } from "./opening.ts"

export interface AddMeFlags extends GlobalFlags {
  /** Milliseconds; left out, it is for good. */
  readonly for?: number
  readonly lockTimeout?: string
}

export function addMeCommand(app: Ending, run = addMe) {
  return new Command("add-me")
    .description("Let the address in that this machine has in the internet, for good or for a while.")
    .option("--for <time>", "for how long, such as 30m, 12h or 7d; then the next run sends it away", readTime)
    .option("--lock-timeout <seconds>", "how long to wait while another run is at work (120)")
    .addHelpText("after", examples("smart0dte access add-me", "smart0dte access add-me --for 12h"))
    .action(async (own, command) => app.exit(await run(app, flagsOf(own, command))))
}

export async function addMe(app: App, flags: AddMeFlags): Promise<ExitCode> {
  const opened = await open(app, "access add-me", flags)
  return withAccount(app, opened, flags, async (account) => {
    const site = await findDeployed(app, opened, account)
    groupOf(account, site)
    const range = `${await app.ownAddress(account.sandbox)}/32`
    const access = await changeVisitors(app, opened, account, site, (there) => withMe(there, range, flags.for))
    opened.report.show(accessFacts(account, site, access))
    return exitCodes.done
  })
}

/** Who is in for good stays so; a new time takes the place of an old one. */
function withMe({ residents, visitors, now }: Access, range: string, time: number | undefined): readonly Allowed[] {
  const forGood = [...residents, ...visitors].some((one) => one.range === range && one.until === undefined)
  if (forGood) return visitors
  const until = time === undefined ? {} : { until: new Date(now + time).toISOString() }
  return [...visitors.filter((one) => one.range !== range), { range, ...until }]
}

const units = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const

function readTime(text: string): number {
  const [, count = "", unit = ""] = /^(\d{1,4})([mhd])$/.exec(text) ?? []
  const time = Number(count) * (units[unit as keyof typeof units] ?? 0)
  if (time > 0 && time <= 30 * units.d) return time
  throw new Usage(`--for is ${JSON.stringify(text)}`, {
    hint: "give a number of minutes, hours or days, thirty days at the most: 30m, 12h, 7d",
  })
}
