import { DescribeVolumesCommand, RunInstancesCommand } from "@aws-sdk/client-ec2"
import { expect, it } from "vitest"
import { attachData } from "../../src/aws/ec2/data-volume.ts"
import { blankMachine, dataDevice, type Machine } from "../../src/aws/ec2/machine.ts"
import { images } from "../../src/sandbox/services/ec2/catalog.ts"
import { volume } from "../../src/steps/volume.ts"
import { bench, there } from "./bench.ts"
import { inside, madeEmpty, scope, zones } from "./network.ts"

const on = bench()
const data = volume({ scope, name: "influx", gb: 20, source: madeEmpty, zones, zone: 0 })

it("a volume is put at the machine's device for data, also where the first answer was lost", async () => {
  await on.make(data, inside)
  const machine = await machineIn((await on.live(inside)).id)
  const { id } = await on.live(data)
  on.sandbox.world.faults.set([{ name: "lost", operation: "ec2:AttachVolume", times: 1 }])
  await attachData(on.cloud, machine, id)
  const { Volumes = [] } = await on.cloud.ec2.send(new DescribeVolumesCommand({ VolumeIds: [id] }))
  expect(Volumes[0]?.Attachments).toMatchObject([
    { InstanceId: machine.id, Device: dataDevice, DeleteOnTermination: false },
  ])
})

async function machineIn(subnetId: string): Promise<Machine> {
  const { ec2 } = on.cloud
  const imageId = there(images.find(({ architecture }) => architecture === "x86_64")).id
  const asked = { ImageId: imageId, InstanceType: "t3.medium" as const, MinCount: 1, MaxCount: 1, SubnetId: subnetId }
  const { Instances = [] } = await ec2.send(new RunInstancesCommand(asked))
  on.sandbox.world.clock.advance(60_000)
  return { ...blankMachine, id: there(Instances[0]?.InstanceId) as Machine["id"] }
}
