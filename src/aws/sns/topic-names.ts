import type { Place } from "../cloud.ts"
import { flatName } from "../names.ts"

/** A topic's ARN is known before it is there. */
export const topicArnFor = ({ partition, region, account }: Place, scope: string, name: string): string =>
  `arn:${partition}:sns:${region}:${account}:${flatName(scope, name)}`

/** The topic of every scope that its alarms are told to. */
export const alarmTopic = "alarms"
