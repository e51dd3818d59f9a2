import { DeleteRetentionPolicyCommand, ListTagsForResourceCommand } from "@aws-sdk/client-cloudwatch-logs"
import { describe, expect, it } from "vitest"
import { logGroup } from "../../src/steps/log-group.ts"
import { bench } from "./bench.ts"
import { scope } from "./network.ts"
import { seesAndRepairs } from "./tamper.ts"

const on = bench()
const lines = logGroup({ scope, name: "smart-0dte", retention: 30 })

describe("a log group", () => {
  it("keeps lines for as long as is wanted, under a name that the node may write to", async () => {
    await on.make(lines)
    expect(await on.live(lines)).toEqual({ logGroup: "/smart0dte/poc/smart-0dte", retention: 30 })
    const resourceArn = "arn:aws:logs:us-east-1:111122223333:log-group:/smart0dte/poc/smart-0dte"
    const { tags } = await on.cloud.logs.send(new ListTagsForResourceCommand({ resourceArn }))
    expect(tags).toMatchObject({ "smart0dte:step": "log-group/smart-0dte", "smart0dte:scope": "poc" })
  })

  seesAndRepairs(
    on,
    () => lines,
    {
      retention: ({ logs }, { logGroup: logGroupName }) =>
        logs.send(new DeleteRetentionPolicyCommand({ logGroupName })),
    },
    ["logGroup"],
  )

  it("of another scope with a longer name is not ours", async () => {
    const other = logGroup({ scope: "poc2", name: "smart-0dte", retention: 30 })
    await on.make(other)
    const listed = await lines.kind.list?.(on.cloud, ["poc"])
    expect(listed?.map(({ scope, name }) => [scope, name])).toEqual([["poc", "smart-0dte"]])
  })

  it("goes", async () => {
    await on.unmake(false, lines)
    expect((await on.see(lines)).state).toBe("missing")
  })
})
