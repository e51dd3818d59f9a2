import { expect, test } from "vitest"
import { idOf, launch, network } from "./network.ts"

const device = "/dev/sdf"

test("a volume is attached, outlives its instance, and is attached to the next", () => {
  const { aws, subnet } = network()
  const asked = { AvailabilityZone: "us-east-1a", Size: 20, VolumeType: "gp3", Encrypted: true } as const
  const VolumeId = idOf(aws.run("CreateVolume", asked).VolumeId)
  const volume = () => aws.run("DescribeVolumes", { VolumeIds: [VolumeId] }).Volumes?.[0]
  expect(volume()).toMatchObject({ State: "creating", Attachments: [], Iops: 3000, Throughput: 125, Encrypted: true })
  aws.pass(10)
  expect(volume()?.State).toBe("available")

  const first = launch(aws, subnet)
  aws.pass(60)
  expect(aws.run("AttachVolume", { VolumeId, InstanceId: first, Device: device }).State).toBe("attaching")
  aws.pass(5)
  expect(volume()).toMatchObject({
    State: "in-use",
    Attachments: [{ InstanceId: first, Device: device, State: "attached", DeleteOnTermination: false }],
  })
  const [reservation] = aws.run("DescribeInstances", { InstanceIds: [first] }).Reservations ?? []
  expect(reservation?.Instances?.[0]?.BlockDeviceMappings).toContainEqual(
    expect.objectContaining({ DeviceName: device, Ebs: expect.objectContaining({ VolumeId, Status: "attached" }) }),
  )

  aws.run("TerminateInstances", { InstanceIds: [first] })
  expect(volume()?.State).toBe("in-use")
  aws.pass(60)
  expect(volume()).toMatchObject({ State: "available", Attachments: [] })
  const second = launch(aws, subnet)
  aws.pass(60)
  aws.run("AttachVolume", { VolumeId, InstanceId: second, Device: device })
  expect(aws.run("DetachVolume", { VolumeId }).State).toBe("detaching")
  expect(volume()?.Attachments?.[0]?.State).toBe("detaching")
  aws.pass(10)
  aws.run("DeleteVolume", { VolumeId })
  expect(volume()?.State).toBe("deleting")
  aws.pass(10)
  expect(aws.refused("DescribeVolumes", { VolumeIds: [VolumeId] })).toMatch(/^InvalidVolume.NotFound/)
})

test("a snapshot is complete after a while, and a volume can be made from it", () => {
  const { aws } = network()
  const { VolumeId } = aws.run("CreateVolume", { AvailabilityZone: "us-east-1a", Size: 20, Encrypted: true })
  aws.pass(10)
  const TagSpecifications = [{ ResourceType: "snapshot" as const, Tags: [{ Key: "final", Value: "yes" }] }]
  const { SnapshotId, State } = aws.run("CreateSnapshot", { VolumeId, Description: "the last", TagSpecifications })
  expect(State).toBe("pending")
  const Filters = [{ Name: "tag:final", Values: ["yes"] }]
  const found = () => aws.run("DescribeSnapshots", { OwnerIds: ["self"], Filters }).Snapshots ?? []
  expect(found()).toMatchObject([{ SnapshotId, State: "pending", VolumeSize: 20, Progress: "0%" }])
  aws.pass(90)
  expect(found()).toMatchObject([{ State: "completed", Progress: "100%" }])
  const restored = aws.run("CreateVolume", { AvailabilityZone: "us-east-1b", SnapshotId })
  expect(restored).toMatchObject({ Size: 20, Encrypted: true, SnapshotId })
  aws.run("DeleteSnapshot", { SnapshotId })
  expect(found()).toEqual([])
  expect(aws.run("DescribeSnapshots", { OwnerIds: ["amazon"] }).Snapshots).toEqual([])
})

test("a volume that is asked for twice under one token is one", () => {
  const { aws } = network()
  const asked = { AvailabilityZone: "us-east-1a", Size: 20, ClientToken: "one" }
  expect(aws.run("CreateVolume", asked).VolumeId).toBe(aws.run("CreateVolume", asked).VolumeId)
})
