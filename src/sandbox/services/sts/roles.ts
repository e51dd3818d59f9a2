import type { Call } from "../../service.ts"
import { type RoleRecord, roles } from "../iam/records.ts"
import { invalid } from "./refusals.ts"

/** Undefined where there is none of this ARN: nobody is told whether that, or its trust, is why he is refused. */
export const roleAt = (call: Call, arn: string): RoleRecord | undefined => {
  if (!/^arn:[\w-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/.test(arn)) throw invalid(`${arn} is invalid`)
  const role = roles(call).get(arn.slice(arn.lastIndexOf("/") + 1))
  return role?.Arn === arn ? role : undefined
}

/** For how many seconds somebody may be in a role. */
export const secondsFor = ({ MaxSessionDuration }: RoleRecord, wanted: number | undefined): number => {
  const seconds = wanted ?? ONE_HOUR
  if (seconds > MaxSessionDuration) {
    throw invalid("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.")
  }
  return seconds
}

export const ONE_HOUR = 3600

/** Who somebody is while he is in a role. */
export const sessionArn = ({ account, partition }: Call, { RoleName }: RoleRecord, session: string): string =>
  `arn:${partition}:sts::${account}:assumed-role/${RoleName}/${session}`

export const assumedRole = ({ RoleId }: RoleRecord, session: string, Arn: string) => ({
  AssumedRoleId: `${RoleId}:${session}`,
  Arn,
})
