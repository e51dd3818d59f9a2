import type { Service } from "../../service.ts"
import { alarmHandlers } from "./alarm.ts"
import { dashboardHandlers } from "./dashboard.ts"
import { metricHandlers } from "./metric.ts"
import * as schemas from "./schemas.ts"
import { tagHandlers } from "./tags.ts"

/** Metrics that somebody puts, alarms on metrics, and dashboards. */
export const cloudwatch: Service = {
  signingName: "monitoring",
  schemas,
  handlers: { ...alarmHandlers, ...dashboardHandlers, ...metricHandlers, ...tagHandlers },
  reads: /^(Get|List|Describe)/,
  limits: [
    [/^(PutMetricAlarm|DeleteAlarms|EnableAlarmActions|DisableAlarmActions|SetAlarmState)$/, 3, 3],
    [/^DescribeAlarms$/, 9, 9],
    [/Dashboards?$/, 10, 10],
    [/^PutMetricData$/, 500, 500],
    [/^/, 20, 20],
  ],
}
