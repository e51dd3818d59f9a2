import type { Service } from "../../service.ts"
import { eventHandlers } from "./events.ts"
import { groupHandlers } from "./group.ts"
import { metricFilterHandlers } from "./metric-filter.ts"
import * as schemas from "./schemas.ts"
import { streamHandlers } from "./stream.ts"
import { tagHandlers } from "./tags.ts"

/** CloudWatch Logs: groups, their streams, and what was written to them. */
export const logs: Service = {
  signingName: "logs",
  schemas,
  handlers: { ...groupHandlers, ...streamHandlers, ...eventHandlers, ...metricFilterHandlers, ...tagHandlers },
  reads: /^(Get|List|Describe|Filter)/,
  limits: [
    [/^(Describe|CreateLogGroup|DeleteLogGroup|PutRetention|DeleteRetention)/, 10, 10],
    [/^GetLogEvents$/, 25, 25],
    [/^FilterLogEvents$/, 5, 5],
    [/^(CreateLogStream|DeleteLogStream)$/, 50, 50],
    [/^PutLogEvents$/, 5000, 5000],
    [/^(PutMetricFilter|DeleteMetricFilter)$/, 5, 5],
    [/^/, 10, 10],
  ],
}
