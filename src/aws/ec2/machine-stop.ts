import { DescribeInstancesCommand, StopInstancesCommand } from "@aws-sdk/client-ec2"
import { UserError } from "../../errors.ts"
import type { Cloud } from "../cloud.ts"

/** The shutdown of what runs on it included. */
const stopsWithin = 600_000

/** Has a machine go down, and waits until it is. */
export async function stopMachine(ctx: Cloud, id: string): Promise<void> {
  const InstanceIds = [id]
  await ctx.ec2.send(new StopInstancesCommand({ InstanceIds }))
  const since = ctx.clock.now()
  for (;;) {
    const { Reservations = [] } = await ctx.ec2.send(new DescribeInstancesCommand({ InstanceIds }))
    if (Reservations[0]?.Instances?.[0]?.State?.Name === "stopped") return
    if (ctx.clock.now() - since > stopsWithin)
      throw new UserError(`${id} does not stop`, {
        hint: "stop it in the EC2 console, with force if need be, then run again",
      })
    await ctx.clock.sleep(3_000)
  }
}
