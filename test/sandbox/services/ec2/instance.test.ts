import { expect, test } from "vitest"
import { idOf, image, launch, network, profile, subnetIn } from "./network.ts"

type Net = ReturnType<typeof network>
const read = ({ aws }: Net, id: string) =>
  aws.run("DescribeInstances", { InstanceIds: [id] }).Reservations?.[0]?.Instances?.[0]
const stateOf = (net: Net, id: string) => read(net, id)?.State?.Name

test("an instance is what was asked for", () => {
  const net = network()
  const { aws, subnet, group, vpc } = net
  profile(aws)
  const id = launch(aws, subnet, {
    SecurityGroupIds: [group],
    IamInstanceProfile: { Name: "node" },
    UserData: Buffer.from("#!/bin/sh").toString("base64"),
    MetadataOptions: { HttpTokens: "required", HttpPutResponseHopLimit: 1 },
    BlockDeviceMappings: [
      { DeviceName: "/dev/xvda", Ebs: { VolumeSize: 100, VolumeType: "gp3", Encrypted: true } },
      { DeviceName: "/dev/sdf", Ebs: { VolumeSize: 20, VolumeType: "gp3", DeleteOnTermination: false } },
    ],
    CreditSpecification: { CpuCredits: "standard" },
    TagSpecifications: [
      { ResourceType: "instance", Tags: [{ Key: "Name", Value: "node" }] },
      { ResourceType: "volume", Tags: [{ Key: "Name", Value: "disk" }] },
    ],
  })
  expect(read(net, id)).toMatchObject({
    InstanceType: "t3.xlarge",
    ImageId: image,
    VpcId: vpc,
    SubnetId: subnet,
    PrivateIpAddress: "10.20.1.4",
    PublicIpAddress: undefined,
    SecurityGroups: [{ GroupId: group, GroupName: "app" }],
    IamInstanceProfile: { Arn: "arn:aws:iam::111122223333:instance-profile/node" },
    MetadataOptions: { HttpTokens: "required", HttpPutResponseHopLimit: 1, HttpEndpoint: "enabled" },
    Tags: [{ Key: "Name", Value: "node" }],
  })
  const disks = aws.run("DescribeVolumes", { Filters: [{ Name: "attachment.instance-id", Values: [id] }] }).Volumes
  expect(disks).toMatchObject([
    { Size: 100, VolumeType: "gp3", Iops: 3000, Throughput: 125, Encrypted: true, Tags: [{ Value: "disk" }] },
    { Size: 20, Encrypted: false, Attachments: [{ Device: "/dev/sdf", DeleteOnTermination: false }] },
  ])
  const credits = aws.run("DescribeInstanceCreditSpecifications", { InstanceIds: [id] })
  expect(credits.InstanceCreditSpecifications).toEqual([{ InstanceId: id, CpuCredits: "standard" }])
  const data = aws.run("DescribeInstanceAttribute", { InstanceId: id, Attribute: "userData" }).UserData?.Value
  expect(Buffer.from(data ?? "", "base64").toString()).toBe("#!/bin/sh")
})

test("states follow each other in time; what it held is free when it is gone", () => {
  const net = network()
  const { aws, subnet } = net
  const id = launch(aws, subnet, {
    BlockDeviceMappings: [{ DeviceName: "/dev/sdf", Ebs: { VolumeSize: 5, DeleteOnTermination: false } }],
  })
  const ids = { InstanceIds: [id] }
  expect(stateOf(net, id)).toBe("pending")
  aws.pass(10)
  expect(stateOf(net, id)).toBe("running")
  expect(aws.run("StopInstances", ids).StoppingInstances?.[0]).toMatchObject({
    PreviousState: { Name: "running", Code: 16 },
    CurrentState: { Name: "stopping", Code: 64 },
  })
  aws.pass(30)
  expect(stateOf(net, id)).toBe("stopped")
  aws.run("StartInstances", ids)
  expect(stateOf(net, id)).toBe("pending")
  aws.pass(10)
  aws.run("TerminateInstances", ids)
  expect(stateOf(net, id)).toBe("shutting-down")
  aws.run("TerminateInstances", ids)
  aws.pass(30)
  expect(read(net, id)).toMatchObject({
    State: { Name: "terminated", Code: 48 },
    NetworkInterfaces: [],
  })
  expect(read(net, id)?.VpcId).toBeUndefined()
  expect(aws.run("DescribeVolumes", {}).Volumes).toMatchObject([{ Size: 5, State: "available", Attachments: [] }])
  expect(aws.run("DescribeNetworkInterfaces", {}).NetworkInterfaces).toEqual([])
  aws.run("DeleteSubnet", { SubnetId: subnet })
  aws.pass(3600)
  expect(aws.run("DescribeInstances", {}).Reservations).toEqual([])
})

test("what is started anew is running all the while, and what is gone is passed over", () => {
  const net = network()
  const { aws, subnet } = net
  const id = launch(aws, subnet)
  aws.pass(10)
  const before = read(net, id)
  aws.pass(100)
  expect(aws.run("RebootInstances", { InstanceIds: [id] })).toEqual({})
  expect(read(net, id)).toEqual(before)
  aws.run("TerminateInstances", { InstanceIds: [id] })
  expect(aws.run("RebootInstances", { InstanceIds: [id] })).toEqual({})
  expect(stateOf(net, id)).toBe("shutting-down")
})

test("a public address comes with the subnet or the interface, changes with a stop, and goes", () => {
  const net = network()
  const { aws, subnet } = net
  const NetworkInterfaces = [{ DeviceIndex: 0, SubnetId: subnet, AssociatePublicIpAddress: true }]
  const id = launch(aws, subnet, { SubnetId: undefined, NetworkInterfaces })
  const first = read(net, id)?.PublicIpAddress
  expect(first).toMatch(/^198\.51\.100\./)
  expect(aws.run("AllocateAddress", {}).PublicIp).not.toBe(first)
  aws.pass(10)
  aws.run("StopInstances", { InstanceIds: [id] })
  expect(read(net, id)?.PublicIpAddress).toBeUndefined()
  aws.pass(30)
  aws.run("StartInstances", { InstanceIds: [id] })
  expect(read(net, id)?.PublicIpAddress).toMatch(/^198\.51\.100\./)
})

test("one token launches one instance, and another one in another zone", () => {
  const { aws, vpc, subnet } = network()
  const ClientToken = "t"
  const id = launch(aws, subnet, { ClientToken })
  expect(launch(aws, subnet, { ClientToken })).toBe(id)
  expect(launch(aws, subnetIn(aws, vpc, "10.20.2.0/24", "us-east-1b"), { ClientToken })).not.toBe(id)
  const sameZone = { ImageId: image, InstanceType: "t3.xlarge", MinCount: 1, MaxCount: 1, ClientToken } as const
  const SubnetId = subnetIn(aws, vpc, "10.20.3.0/24", "us-east-1a")
  expect(aws.refused("RunInstances", { ...sameZone, SubnetId })).toContain("IdempotentParameterMismatch")
  const found = aws.run("DescribeInstances", { Filters: [{ Name: "client-token", Values: ["t"] }] })
  expect(found.Reservations).toHaveLength(2)
})

test("several at once are one reservation", () => {
  const { aws, subnet: SubnetId } = network()
  const answer = aws.run("RunInstances", {
    ImageId: image,
    InstanceType: "t3.micro",
    MinCount: 1,
    MaxCount: 3,
    SubnetId,
  })
  expect(answer.Instances?.map((one) => [one.AmiLaunchIndex, one.PrivateIpAddress])).toEqual([
    [0, "10.20.1.4"],
    [1, "10.20.1.5"],
    [2, "10.20.1.6"],
  ])
  const [reservation, another] = aws.run("DescribeInstances", {}).Reservations ?? []
  expect(reservation?.Instances).toHaveLength(3)
  expect(another).toBeUndefined()
})

test("a type is changed at rest, groups and metadata at any time", () => {
  const net = network()
  const { aws, subnet, group } = net
  const InstanceId = launch(aws, subnet)
  aws.run("ModifyInstanceAttribute", { InstanceId, Groups: [group] })
  aws.run("ModifyInstanceMetadataOptions", { InstanceId, HttpPutResponseHopLimit: 1 })
  aws.run("MonitorInstances", { InstanceIds: [InstanceId] })
  aws.pass(10)
  aws.run("StopInstances", { InstanceIds: [InstanceId] })
  aws.pass(30)
  aws.run("ModifyInstanceAttribute", { InstanceId, InstanceType: { Value: "t3.large" } })
  aws.run("ModifyInstanceAttribute", { InstanceId, UserData: { Value: Buffer.from("new") } })
  aws.run("ModifyInstanceAttribute", { InstanceId, EbsOptimized: { Value: true } })
  expect(read(net, InstanceId)).toMatchObject({
    InstanceType: "t3.large",
    EbsOptimized: true,
    SecurityGroups: [{ GroupId: group }],
    MetadataOptions: { HttpTokens: "required", HttpPutResponseHopLimit: 1 },
    Monitoring: { State: "enabled" },
  })
  aws.run("UnmonitorInstances", { InstanceIds: [InstanceId] })
  expect(read(net, InstanceId)?.Monitoring?.State).toBe("disabled")
})

test.each([
  ["disableApiTermination", { DisableApiTermination: { Value: true } }],
  ["disableApiStop", { DisableApiStop: { Value: true } }],
  ["instanceInitiatedShutdownBehavior", { InstanceInitiatedShutdownBehavior: { Value: "terminate" } }],
  ["sourceDestCheck", { SourceDestCheck: { Value: false } }],
] as const)("the attribute %s is kept", (Attribute, change) => {
  const { aws, subnet } = network()
  const InstanceId = launch(aws, subnet)
  expect(aws.run("DescribeInstanceAttribute", { InstanceId, Attribute })).not.toMatchObject(change)
  aws.run("ModifyInstanceAttribute", { InstanceId, ...change })
  expect(aws.run("DescribeInstanceAttribute", { InstanceId, Attribute })).toMatchObject(change)
})

test("a disk is told to stay when its instance goes", () => {
  const { aws, subnet } = network()
  const InstanceId = launch(aws, subnet)
  aws.run("ModifyInstanceAttribute", {
    InstanceId,
    BlockDeviceMappings: [{ DeviceName: "/dev/xvda", Ebs: { DeleteOnTermination: false } }],
  })
  aws.run("TerminateInstances", { InstanceIds: [InstanceId] })
  aws.pass(40)
  expect(aws.run("DescribeVolumes", {}).Volumes).toMatchObject([{ State: "available" }])
})

test("status checks say nothing for two minutes, and only of what runs", () => {
  const { aws, subnet } = network()
  const id = launch(aws, subnet)
  const status = () =>
    aws.run("DescribeInstanceStatus", { InstanceIds: [id] }).InstanceStatuses?.[0]?.InstanceStatus?.Status
  expect(status()).toBeUndefined()
  expect(aws.run("DescribeInstanceStatus", { IncludeAllInstances: true }).InstanceStatuses).toHaveLength(1)
  aws.pass(20)
  expect(status()).toBe("initializing")
  aws.pass(120)
  expect(status()).toBe("ok")
})

test("a profile is put on, exchanged and taken off", () => {
  const net = network()
  const { aws, subnet } = net
  profile(aws)
  profile(aws, "other")
  const InstanceId = launch(aws, subnet)
  aws.run("AssociateIamInstanceProfile", { InstanceId, IamInstanceProfile: { Name: "node" } })
  const Filters = [{ Name: "instance-id", Values: [InstanceId] }]
  const associated = () => aws.run("DescribeIamInstanceProfileAssociations", { Filters }).IamInstanceProfileAssociations
  aws.run("ReplaceIamInstanceProfileAssociation", {
    AssociationId: associated()?.[0]?.AssociationId,
    IamInstanceProfile: { Name: "other" },
  })
  expect(read(net, InstanceId)?.IamInstanceProfile?.Arn).toMatch(/\/other$/)
  aws.run("DisassociateIamInstanceProfile", { AssociationId: associated()?.[0]?.AssociationId })
  expect(associated()).toEqual([])
  expect(read(net, InstanceId)?.IamInstanceProfile).toBeUndefined()
})

test("a disk grows, and says how far it is", () => {
  const { aws, subnet } = network()
  launch(aws, subnet)
  const VolumeId = idOf(aws.run("DescribeVolumes", {}).Volumes?.[0]?.VolumeId)
  const progress = () => aws.run("DescribeVolumesModifications", {}).VolumesModifications?.[0]?.ModificationState
  const made = aws.run("ModifyVolume", { VolumeId, Size: 200, Iops: 6000, Throughput: 500 }).VolumeModification
  expect(made).toMatchObject({ OriginalSize: 8, TargetSize: 200, TargetIops: 6000, TargetThroughput: 500 })
  expect(progress()).toBe("modifying")
  aws.pass(20)
  expect(progress()).toBe("optimizing")
  aws.pass(120)
  expect(progress()).toBe("completed")
  aws.pass(6 * 3600)
  aws.run("ModifyVolume", { VolumeId, VolumeType: "gp2" })
  expect(aws.run("DescribeVolumes", {}).Volumes?.[0]).toMatchObject({
    VolumeType: "gp2",
    Iops: 600,
    Throughput: undefined,
  })
})
