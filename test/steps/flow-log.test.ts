import { DeleteFlowLogsCommand } from "@aws-sdk/client-ec2"
import { describe, expect, it } from "vitest"
import { flowLogsBucket } from "../../src/steps/bucket.ts"
import { flowLog } from "../../src/steps/flow-log.ts"
import { bench } from "./bench.ts"
import { main, scope } from "./network.ts"
import { seesAndRepairs } from "./tamper.ts"

const on = bench()
const place = { partition: "aws", region: "us-east-1", account: "111122223333" }
const bucket = flowLogsBucket({ place, scope })
const log = flowLog({ scope, name: "main", vpc: main, bucket })

describe("a flow log", () => {
  it("writes all traffic of the network to its bucket", async () => {
    await on.make(log)
    expect(await on.live(log)).toMatchObject({
      vpcId: (await on.live(main)).id,
      destination: "arn:aws:s3:::smart0dte-111122223333-us-east-1-poc-flow-logs",
      traffic: "ALL",
      interval: 600,
    })
    expect((await on.see(log)).state).toBe("same")
  })

  seesAndRepairs(on, () => log, {}, ["vpcId", "destination", "traffic", "interval"])

  it("is made again when somebody deleted it", async () => {
    const { id } = await on.live(log)
    await on.cloud.ec2.send(new DeleteFlowLogsCommand({ FlowLogIds: [id] }))
    expect((await on.see(log)).state).toBe("missing")
    await on.make(log)
    expect((await on.live(log)).id).not.toBe(id)
  })

  it("goes", async () => {
    await on.unmake(false, log)
    expect((await on.see(log)).state).toBe("missing")
  })

  it("whose deletion is refused says so, though the call as a whole succeeds", async () => {
    const gone = { ...log.kind.blank, id: "fl-0123456789abcdef0" as const }
    await expect(log.kind.destroy?.(on.cloud, gone, { purge: false })).rejects.toThrow(/DeleteFlowLogs/)
  })
})
