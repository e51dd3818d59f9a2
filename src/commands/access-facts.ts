import type { Account } from "../app/account.ts"
import type { Site } from "../app/site.ts"
import type { Allowed } from "../aws/ec2/allowed.ts"
import type { FactsResult } from "../report/results.ts"
import type { Access } from "./access-change.ts"
import { commandLine } from "./next.ts"

/** Who may come in, and until when. */
export function accessFacts(account: Account, { environment }: Site, access: Access): FactsResult {
  const { residents, visitors, now } = access
  const said = (one: Allowed) => (one.until === undefined ? "for good" : over(one.until, now))
  return {
    type: "facts",
    about: `who may reach the load balancer of ${environment}`,
    facts: Object.fromEntries([
      ...residents.map(({ range }) => [range, "as deployed"]),
      ...visitors.map((one) => [one.range, said(one)]),
    ]),
    next: visitors.some(({ until }) => until !== undefined && Date.parse(until) <= now)
      ? [commandLine(account, "deploy single")]
      : [],
  }
}

const over = (until: string, now: number) =>
  Date.parse(until) > now ? `until ${until}` : `ended ${until}: the next run sends it away`
