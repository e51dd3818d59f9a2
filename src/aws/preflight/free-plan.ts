import { paginateDescribeInstanceTypes } from "@aws-sdk/client-ec2"
import type { Cloud } from "../cloud.ts"
import { everyItem } from "../pages.ts"

/**
 * Accounts opened since July 2025 may be on a free plan, on which other machines than these are refused. No client of
 * the SDK asks for an account's plan, but such an account's list of machines tells that it is one of them.
 */
export async function freeTier(
  ctx: Cloud,
): Promise<{ readonly mayBeOnFreePlan: boolean; readonly types: readonly string[] }> {
  const Filters = [{ Name: "free-tier-eligible", Values: ["true"] }]
  const found = await everyItem(
    paginateDescribeInstanceTypes({ client: ctx.ec2 }, { Filters }),
    (page) => page.InstanceTypes,
  )
  const types = found.flatMap(({ InstanceType }) => InstanceType ?? []).toSorted()
  return { mayBeOnFreePlan: types.some((type) => newer.test(type)), types }
}

/** What only accounts of that sort are offered. */
const newer = /^(t3\.small|t4g\.small|[cm]7i-flex\.large)$/
