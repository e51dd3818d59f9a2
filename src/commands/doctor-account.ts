import type { Account } from "../app/account.ts"
import type { Settings } from "../config.ts"
import type { DoctorCheck } from "../report/results/doctor.ts"
import { duration } from "../report/text/quantity.ts"
import { checked } from "./doctor-check.ts"

/** Whether they last as long as the run does, with half as much to spare. */
export function checkCredentials(
  { cloud, arn }: Pick<Account, "arn" | "cloud">,
  seconds: number | undefined,
): Promise<DoctorCheck> {
  return checked("credentials", "unknown", async () => {
    if (arn.endsWith(":root"))
      return {
        state: "failed",
        text: "these are the root user's, which nothing holds back",
        fix: "use those of a role or a user with a second factor: smart0dte iam --help",
      }
    const { expiration } = await cloud.iam.config.credentials()
    if (expiration === undefined)
      return { state: "ok", text: `${arn}; AWS says no end of them, so that they last until somebody ends them` }
    // Real time: they end by AWS's clock, however fast the time of a rehearsal passes.
    const left = (expiration.getTime() - Date.now()) / 1000
    const lasts = `${arn}; they last for ${duration(left)} more`
    if (seconds === undefined) return { state: "ok", text: lasts }
    if (left >= seconds * 1.5 + 300)
      return { state: "ok", text: `${lasts}, and a deploy usually takes ${duration(seconds)}` }
    return {
      state: "failed",
      text: `${lasts}, where a deploy usually takes ${duration(seconds)}`,
      fix: "log in again, or let sessions last longer; a run that they end in is continued by the next one",
    }
  })
}

export async function checkAccount(
  { cloud, sandbox }: Pick<Account, "cloud" | "sandbox">,
  settings: Settings,
): Promise<DoctorCheck> {
  const name = "account"
  if (settings.account !== undefined) return { name, state: "ok", text: `${cloud.account}, as the configuration says` }
  if (sandbox) return { name, state: "ok", text: `${cloud.account}, which is the sandbox's` }
  return {
    name,
    state: "advice",
    text: `${cloud.account}; nothing would stop a run with credentials of another one`,
    fix: `write account: "${cloud.account}" into smart0dte.yaml`,
  }
}

export function checkRegion({ cloud }: Account, { instanceType }: Settings): Promise<DoctorCheck> {
  return checked("region", "failed", async () => {
    const { pickZones } = await import("../aws/ec2/picks.ts")
    const zones = await pickZones(cloud, instanceType)
    return { state: "ok", text: `${cloud.region} has ${instanceType} in ${zones.join(" and ")}` }
  })
}

/** AWS refuses what is five minutes off; records and tokens want better. */
export function checkClock({ cloud }: Account): Promise<DoctorCheck> {
  return checked("clock", "unknown", async () => {
    const { clockAhead } = await import("../aws/preflight/clock.ts")
    const ahead = await clockAhead(cloud)
    if (ahead === undefined) return { state: "unknown", text: "AWS did not say what time it is" }
    const off = Math.round(Math.abs(ahead) / 1000)
    const text = off < 2 ? "as AWS's" : `${duration(off)} ${ahead > 0 ? "ahead of" : "behind"} AWS's`
    if (off < 2) return { state: "ok", text }
    return { state: off < 60 ? "advice" : "failed", text, fix: "set it by network time: timedatectl set-ntp true" }
  })
}

export function checkFreePlan({ cloud }: Account, { instanceType }: Settings): Promise<DoctorCheck> {
  return checked("free plan", "unknown", async () => {
    const { freeTier } = await import("../aws/preflight/free-plan.ts")
    const { mayBeOnFreePlan, types } = await freeTier(cloud)
    if (!mayBeOnFreePlan) return { state: "ok", text: "the account is older than free plans" }
    if (types.includes(instanceType)) return { state: "ok", text: `${instanceType} is free to use on a free plan, too` }
    return {
      state: "advice",
      text: `the account is of the sort that begins on a free plan, and whether it still is cannot be asked for: on one, AWS refuses ${instanceType} and takes only ${types.join(", ")}`,
      fix: "in the console under Billing and Cost Management, upgrade to the paid plan; its credits stay",
    }
  })
}
