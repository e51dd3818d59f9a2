import { DescribeInstanceInformationCommand } from "@aws-sdk/client-ssm"
import type { Cloud } from "../cloud.ts"

/** Whether Systems Manager hears from an instance at the moment. */
export async function online(ctx: Cloud, instance: string): Promise<boolean> {
  const Filters = [{ Key: "InstanceIds", Values: [instance] }]
  const { InstanceInformationList = [] } = await ctx.ssm.send(new DescribeInstanceInformationCommand({ Filters }))
  return InstanceInformationList[0]?.PingStatus === "Online"
}
