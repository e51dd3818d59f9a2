import type { System } from "../../src/nodes/systems.ts"
import type { Outcome } from "./ground.ts"

/** A release that fails, and what the node must say of it: the same on a real engine and on the sandbox's stand-ins. */
export interface Failure {
  readonly system: System
  readonly ref: string
  readonly fails: string
  readonly step: "checkout" | "images" | "system"
  /** The first line. */
  readonly why: string
  /** What the failing container or program said last. */
  readonly last?: string
}

export const failures: readonly Failure[] = [
  {
    system: "smart-0dte",
    ref: "broken",
    fails: "exits at once",
    step: "system",
    why: "backend: its container ends again and again",
    last: "cannot import the module of the strategy: it is not in this commit",
  },
  {
    system: "mag7-7dte",
    ref: "unhealthy",
    fails: "never gets well",
    step: "system",
    why: "backend: it answers 404 at 8001/health, and not 200",
    last: "no connection to the database",
  },
  {
    system: "smart-0dte",
    ref: "unbuildable",
    fails: "cannot be built",
    step: "images",
    why: "the image of backend could not be built: ",
    last: "no package of that version can be found",
  },
  {
    system: "smart-0dte",
    ref: "v9",
    fails: "is not there",
    step: "checkout",
    why: 'https://samples.smart0dte.invalid/smart-0dte.git has no branch, tag or commit "v9"',
  },
]

/** What was told of an outcome, as far as it does not depend on the ground. */
export function toldOf({ step, report }: Outcome, former: string): object {
  const why = report.why ?? ""
  const { last } = failures.find((failure) => failure.step === step && why.startsWith(failure.why)) ?? {}
  return {
    step,
    phase: report.phase,
    why: why.split("\n")[0],
    last: last !== undefined && why.includes(last) ? last : undefined,
    short: Buffer.byteLength(why) <= 1500,
    // A system that was started and taken back says so, and which version runs.
    returned: why.includes(`the former version runs again: ${former}`),
    runs: step === "system" ? report.commit === former && report.tried !== former : undefined,
    health: step === "system" ? [...new Set(Object.values(report.health ?? {}))] : undefined,
  }
}

export const expectedOf = ({ step, why, last }: Failure): object => ({
  step,
  phase: "failed",
  why,
  last,
  short: true,
  returned: step === "system",
  runs: step === "system" ? true : undefined,
  health: step === "system" ? ["healthy"] : undefined,
})
