import {
  CreateDetectorCommand,
  DeleteDetectorCommand,
  GetDetectorCommand,
  ListDetectorsCommand,
  UpdateDetectorCommand,
} from "@aws-sdk/client-guardduty"
import { describe, expect, it } from "vitest"
import { detector } from "../../src/steps/detector.ts"
import { type Bench, bench } from "./bench.ts"
import { seesAndRepairs } from "./tamper.ts"

const scope = "account"
const main = detector({ scope, name: "main" })

const detectorOf = ({ cloud }: Bench, DetectorId: string) =>
  cloud.guardduty.send(new GetDetectorCommand({ DetectorId }))

describe("the detector", () => {
  const on = bench(scope)

  it("looks at what is logged anyway, and at nothing that is paid for by the thing", async () => {
    await on.make(main)
    const { detectorId } = await on.live(main)
    const { Status, Features = [] } = await detectorOf(on, detectorId)
    expect(Status).toBe("ENABLED")
    const enabled = Features.filter((one) => one.Status === "ENABLED").map(({ Name }) => Name)
    expect(enabled.toSorted()).toEqual(["CLOUD_TRAIL", "DNS_LOGS", "FLOW_LOGS"])
    expect((await on.see(main)).state).toBe("same")
  })

  seesAndRepairs(
    on,
    () => main,
    {
      enabled: ({ guardduty }, { detectorId: DetectorId }) =>
        guardduty.send(new UpdateDetectorCommand({ DetectorId, Enable: false })),
    },
    [],
  )

  it("is made again when somebody deleted it, and goes", async () => {
    const { detectorId: DetectorId } = await on.live(main)
    await on.cloud.guardduty.send(new DeleteDetectorCommand({ DetectorId }))
    expect((await on.see(main)).state).toBe("missing")
    await on.make(main)
    expect(await on.unmake(false, main)).toEqual([])
    expect((await on.see(main)).state).toBe("missing")
  })
})

describe("a detector that somebody else has made", () => {
  const on = bench(scope)

  it.each([true, false])("is adopted on request, and as it was when we leave (enabled: %s)", async (Enable) => {
    const { DetectorId = "" } = await on.cloud.guardduty.send(new CreateDetectorCommand({ Enable }))
    await expect(on.make(main)).rejects.toThrow("--adopt detector/main")
    await on.adopt(main)
    expect((await detectorOf(on, DetectorId)).Status).toBe("ENABLED")
    expect(await on.make(main)).toEqual([])
    expect(await on.unmake(true, main)).toEqual(["it was there before, so it stays"])
    const { Status, Tags } = await detectorOf(on, DetectorId)
    expect([Status, Tags]).toEqual([Enable ? "ENABLED" : "DISABLED", {}])
    expect((await on.cloud.guardduty.send(new ListDetectorsCommand({}))).DetectorIds).toEqual([DetectorId])
    await on.cloud.guardduty.send(new DeleteDetectorCommand({ DetectorId }))
  })
})
