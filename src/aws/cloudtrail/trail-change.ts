import {
  StartLoggingCommand,
  StopLoggingCommand,
  UpdateTrailCommand,
  type UpdateTrailCommandInput,
} from "@aws-sdk/client-cloudtrail"
import type { Cloud } from "../cloud.ts"
import { putSelectors, withManagement } from "./selectors.ts"
import type { Trail } from "./trail.ts"

type Fields = Partial<Omit<Trail, "arn" | "selectors">>

/** Makes these fields as they are given; the others stay. */
export async function changeTrail(ctx: Cloud, live: Trail, fields: Fields): Promise<void> {
  const settings = settingsFor(fields)
  if (Object.keys(settings).length > 0)
    await ctx.cloudtrail.send(new UpdateTrailCommand({ Name: live.arn, ...settings }))
  if (fields.management) await putSelectors(ctx, live.arn, withManagement(live.selectors))
  if (fields.logging) await ctx.cloudtrail.send(new StartLoggingCommand({ Name: live.arn }))
}

/** Takes back what of an adopted one was made otherwise than it had been. */
export async function restoreTrail(ctx: Cloud, live: Trail, former: Trail): Promise<void> {
  const settings = settingsFor({
    ...(!former.multiRegion && { multiRegion: false }),
    ...(!former.globalEvents && { globalEvents: false }),
    ...(!former.validation && { validation: false }),
    ...(former.key === "" && live.key !== "" && { key: "" }),
    ...(former.logGroup === "" && live.logGroup !== "" && { logGroup: "", role: "" }),
  })
  if (Object.keys(settings).length > 0)
    await ctx.cloudtrail.send(new UpdateTrailCommand({ Name: live.arn, ...settings }))
  if (former.management === "some") await putSelectors(ctx, live.arn, former.selectors)
  if (!former.logging) await ctx.cloudtrail.send(new StopLoggingCommand({ Name: live.arn }))
}

function settingsFor(fields: Fields): Partial<UpdateTrailCommandInput> {
  const { bucket, key, logGroup, role, multiRegion, globalEvents, validation } = fields
  const logs = logGroup !== undefined || role !== undefined
  return {
    ...(typeof bucket === "string" && { S3BucketName: bucket }),
    ...(multiRegion !== undefined && { IsMultiRegionTrail: multiRegion }),
    ...(globalEvents !== undefined && { IncludeGlobalServiceEvents: globalEvents }),
    ...(validation !== undefined && { EnableLogFileValidation: validation }),
    ...(typeof key === "string" && { KmsKeyId: key }),
    // AWS takes the two together only, also where one of them stays as it is.
    ...(logs && typeof logGroup === "string" && { CloudWatchLogsLogGroupArn: logGroup }),
    ...(logs && typeof role === "string" && { CloudWatchLogsRoleArn: role }),
  }
}
