import { Argument, Command } from "@commander-js/extra-typings"
import type { App } from "../app.ts"
import { type ExitCode, exitCodes, Usage } from "../errors.ts"
import type { Fault, FaultName, FaultState } from "../sandbox/connect.ts"
import type { Ending } from "./ends.ts"
import { examples, flagsOf, type GlobalFlags } from "./flags.ts"
import { openSandbox } from "./sandbox-opening.ts"

const names = [
  "throttle",
  "error500",
  "error500-after",
  "reset",
  "lost",
  "hang",
  "slow",
  "blind",
  "capacity",
  "quota",
  "expired",
  "agent",
  "clock",
  "other-account",
  "no-login",
  "no-billing-alerts",
  "linked-account",
] as const satisfies readonly FaultName[]

export interface FaultFlags extends GlobalFlags {
  readonly name: FaultName | "none" | undefined
  readonly operation?: string
  readonly share?: number
  readonly times?: number
  readonly milliseconds?: number
  readonly seconds?: number
  readonly quota?: string
  readonly value?: number
}

export function faultCommand(app: Ending, run = fault) {
  return new Command("fault")
    .description("Make it misbehave as AWS sometimes does, or show what it does now; none ends all of it.")
    .addArgument(new Argument("[name]", "what goes wrong").choices([...names, "none"]))
    .option(
      "--operation <pattern>",
      "only these calls, such as ec2:Create.*; of a node: agent:<instance>, clock:<instance>, gateway:live:<instance>",
    )
    .option("--share <part>", "only this part of them, from 0 to 1", readNumber)
    .option("--times <count>", "only so often", readNumber)
    .option("--milliseconds <number>", "slow: how long an answer takes", readNumber)
    .option("--seconds <number>", "blind: for how long new things are not seen; clock: how wrong it is", readNumber)
    .option("--quota <name>", "quota: which one", String)
    .option("--value <number>", "quota: what it is", readNumber)
    .addHelpText("after", examples("smart0dte sandbox fault throttle --share 0.3", "smart0dte sandbox fault none"))
    .action(async (name, own, command) => app.exit(await run(app, { ...flagsOf(own, command), name })))
}

async function fault(app: App, flags: FaultFlags): Promise<ExitCode> {
  const { report, sandbox } = await openSandbox(app, "fault", flags)
  const admin = await sandbox.admin(await sandbox.attach())
  if (flags.name === "none") await admin.setFaults([])
  else if (flags.name !== undefined) await add(await admin.faults(), ruleOf(flags.name, flags), admin.setFaults)
  const faults = await admin.faults()
  report.show({
    type: "facts",
    about: faults.length > 0 ? "the sandbox misbehaves" : "the sandbox behaves",
    facts: Object.fromEntries(faults.map((one, index) => [`${index + 1} ${one.name}`, describe(one)])),
    next: faults.length > 0 ? ["smart0dte sandbox fault none"] : [],
  })
  return exitCodes.done
}

async function add(
  now: readonly FaultState[],
  rule: Fault,
  set: (rules: readonly Fault[]) => Promise<unknown>,
): Promise<void> {
  try {
    await set([...now.map(({ hits: _, ...known }) => known), rule])
  } catch (error) {
    throw new Usage(error instanceof Error ? error.message : String(error), {
      hint: "smart0dte sandbox fault --help shows what it takes",
      cause: error,
    })
  }
}

function ruleOf(name: FaultName, flags: FaultFlags): Fault {
  const { operation, share, times, milliseconds, seconds, quota, value } = flags
  const given = Object.entries({ operation, share, times, milliseconds, seconds, quota, value })
  return { name, ...Object.fromEntries(given.filter(([, one]) => one !== undefined)) }
}

function describe({ name: _, hits, ...rule }: FaultState): string {
  const said = Object.entries(rule).map(([key, value]) => `${key} ${value}`)
  return [...said, `${hits} hits`].join(", ")
}

function readNumber(text: string): number {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text)
  throw new Usage(`${JSON.stringify(text)} is not a number`, { hint: "give a number such as 3 or 0.25" })
}
