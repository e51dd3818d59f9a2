import type * as CloudTrail from "@aws-sdk/client-cloudtrail"
import { handlers } from "../../service.ts"
import { ownTrail, trailOf, trails } from "./records.ts"

export const loggingHandlers = handlers<typeof CloudTrail>()({
  StartLogging: (input, call) => {
    const trail = ownTrail(call, input.Name)
    if (!trail.logging) trails(call).put(trail.arn, { ...trail, logging: true, started: call.now })
    return {}
  },

  StopLogging: (input, call) => {
    const trail = ownTrail(call, input.Name)
    if (trail.logging) trails(call).put(trail.arn, { ...trail, logging: false, stopped: call.now })
    return {}
  },

  GetTrailStatus: (input, call) => {
    const { logging, started, stopped } = trailOf(call, input.Name)
    return {
      IsLogging: logging,
      ...(started !== undefined && { StartLoggingTime: new Date(started) }),
      ...(stopped !== undefined && { StopLoggingTime: new Date(stopped) }),
    }
  },
})
