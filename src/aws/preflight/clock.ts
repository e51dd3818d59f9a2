import { DescribeRegionsCommand } from "@aws-sdk/client-ec2"
import { HttpResponse } from "@smithy/core/protocols"
import { NoAccess } from "../../errors.ts"
import type { Cloud } from "../cloud.ts"

/** How many milliseconds this machine's clock is ahead of AWS's, to about a second; nothing where AWS gave no time. */
export async function clockAhead(ctx: Cloud, now: () => number = Date.now): Promise<number | undefined> {
  const told: string[] = []
  const command = new DescribeRegionsCommand({})
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args)
      const { date } = HttpResponse.isInstance(result.response) ? result.response.headers : {}
      if (date !== undefined) told.push(date)
      return result
    },
    { step: "deserialize", name: "smart0dteDate", priority: "low" },
  )
  const before = now()
  try {
    await ctx.ec2.send(command)
  } catch (error) {
    // A refusal says what time it is, too.
    if (!(error instanceof NoAccess)) throw error
  }
  const there = Date.parse(told.at(-1) ?? "")
  // Half of the way is to AWS and half is back, and its time has no fractions of a second.
  return Number.isNaN(there) ? undefined : (before + now()) / 2 - (there + 500)
}
