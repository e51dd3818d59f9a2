import { Refusal } from "../../service.ts"
import { hour, seconds, stateAt, type Timeline } from "../ec2/rules/timeline.ts"
import type { InstanceRecord, Settings } from "./records.ts"

export type States = Timeline<string>

export const statusAt = ({ states }: Pick<InstanceRecord, "states">, now: number): string => stateAt(states, now)

/** An instance listens before its first backup is done; a standby is made after that. */
export const birthOf = (now: number, { multiAz, backupDays }: Settings): { states: States; listensFrom: number } => {
  const listensFrom = now + seconds(285)
  const ready = now + seconds(multiAz ? 700 : 350)
  const between = multiAz ? "modifying" : backupDays > 0 ? "backing-up" : "configuring-enhanced-monitoring"
  return {
    listensFrom,
    states: [
      [now, "creating"],
      [listensFrom, between],
      [ready, "available"],
    ],
  }
}

/** Seconds that each change takes. What is missing is only noted. */
const durations: { readonly [Key in keyof Settings]?: number } = {
  instanceClass: 300,
  multiAz: 400,
  engineVersion: 600,
  storageGb: 60,
  storageType: 60,
  port: 60,
  parameterGroup: 20,
  groupIds: 20,
  backupDays: 30,
  publiclyAccessible: 60,
  logExports: 30,
  insights: 30,
  performanceInsights: 30,
  performanceInsightsDays: 30,
  iamAuthentication: 30,
  authority: 60,
}

/** These wait for the maintenance window unless they are to apply at once. */
export const waitForWindow: readonly (keyof Settings)[] = [
  "instanceClass",
  "multiAz",
  "engineVersion",
  "storageGb",
  "storageType",
  "authority",
]

export const touchesStorage = (fields: readonly (keyof Settings)[]): boolean =>
  fields.some((field) => field === "storageGb" || field === "storageType")

/** RDS goes on calling it available for a moment, then changes it; nothing where the change is only noted. */
export const changing = (from: number, fields: readonly (keyof Settings)[]): { until: number; states: States } => {
  const longest = Math.max(...fields.map((field) => durations[field] ?? 0), 0)
  if (longest === 0) return { until: from, states: [] }
  const begins = from + seconds(3)
  const until = begins + seconds(longest)
  return { until, states: [[begins, fields.includes("engineVersion") ? "upgrading" : "modifying"]] }
}

/** How long storage is rearranged, and may not change again. */
export const settling = 6 * hour

/** What an instance is when nothing is done to it any more. */
export const atRest = (from: number, storageSettles: number | undefined): States =>
  storageSettles !== undefined && storageSettles > from
    ? [
        [from, "storage-optimization"],
        [storageSettles, "available"],
      ]
    : [[from, "available"]]

/** The past, up to now. */
export const until = (states: States, now: number): States => [[now, stateAt(states, now)]]

/** RDS starts a stopped instance after seven days by itself. */
export const stopsFor = 7 * 24 * hour

export const stopping = (now: number): States => [
  [now, "stopping"],
  [now + seconds(90), "stopped"],
  ...starting(now + stopsFor),
]

export const starting = (now: number): States => [
  [now, "starting"],
  [now + seconds(180), "available"],
]

export const rebooting = (now: number): States => [
  [now, "rebooting"],
  [now + seconds(40), "available"],
]

/** How long deleting takes. */
export const dying = seconds(240)

export const demand = (record: InstanceRecord, now: number, states: readonly string[], message: string): void => {
  if (!states.includes(statusAt(record, now))) throw new Refusal("InvalidDBInstanceState", message)
}

/** Where an instance does its work, whatever else goes on. */
export const working = ["available", "backing-up", "storage-optimization", "storage-full"]
