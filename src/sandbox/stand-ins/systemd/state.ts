import { join } from "node:path"
import { changeRecords, readRecords } from "../records.ts"

export interface UnitState {
  readonly state: "active" | "inactive" | "failed"
  /** Which start of the machine it belongs to. */
  readonly booted: number
}

/** What systemd remembers: which units are to be started with the machine, and how each of them is. */
export interface SystemdState {
  readonly enabled: readonly string[]
  readonly units: Readonly<Record<string, UnitState>>
  /** What is to be started without anybody's waiting for it. */
  readonly queued?: readonly string[]
}

const fileIn = (records: string): string => join(records, "systemd.json")
const nothing: SystemdState = { enabled: [], units: {} }

export const readSystemd = (records: string): SystemdState => readRecords(fileIn(records), nothing)

export const changeSystemd = (records: string, change: (present: SystemdState) => SystemdState): SystemdState =>
  changeRecords(fileIn(records), nothing, change)

/** How a unit is since the last start of the machine. */
export const stateOf = ({ units }: SystemdState, name: string, booted: number): UnitState["state"] => {
  const known = units[name]
  return known?.booted === booted ? known.state : "inactive"
}
