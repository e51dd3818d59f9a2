import {
  AllocateAddressCommand,
  AssociateAddressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DescribeIamInstanceProfileAssociationsCommand,
  DescribeInstanceAttributeCommand,
  DescribeInstancesCommand,
  DescribeVolumesCommand,
  DisassociateIamInstanceProfileCommand,
  ModifyInstanceAttributeCommand,
  ModifyInstanceMetadataOptionsCommand,
  ModifyVolumeCommand,
  ReplaceIamInstanceProfileAssociationCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
  UnmonitorInstancesCommand,
} from "@aws-sdk/client-ec2"
import { AddRoleToInstanceProfileCommand, CreateInstanceProfileCommand } from "@aws-sdk/client-iam"
import { describe, expect, it } from "vitest"
import type { Session } from "../../src/aws/clients.ts"
import { images } from "../../src/sandbox/services/ec2/catalog.ts"
import { bootOf, type InstanceWish, instance } from "../../src/steps/instance.ts"
import { instanceProfile } from "../../src/steps/instance-profile.ts"
import { internetGateway } from "../../src/steps/internet-gateway.ts"
import { role } from "../../src/steps/role.ts"
import { routeTable } from "../../src/steps/route-table.ts"
import { securityGroup } from "../../src/steps/security-group.ts"
import trust from "../../src/templates/ec2-trust.json" with { type: "json" }
import { bench, standIn, there } from "./bench.ts"
import { inside, main, outside, scope } from "./network.ts"
import { seesAndRepairs } from "./tamper.ts"

const on = bench()
const image = standIn({ value: there(images.find(({ architecture }) => architecture === "x86_64")).id })
const gateway = internetGateway({ scope, name: "main", vpc: main })
const common = { scope, image, instanceType: "t3.xlarge", diskGb: 100 }
const group = securityGroup({ scope, name: "app", description: "app", vpc: main, ports: [], reachesOut: true })
const profile = instanceProfile({
  scope,
  name: "node",
  role: role({ scope, name: "node", trust, inline: {} }),
})
const wish: InstanceWish = {
  ...common,
  name: "node",
  publicAddress: false,
  subnet: inside,
  group,
  profile,
  wayOut: routeTable({ scope, name: "private", vpc: main, subnets: [inside] }),
  boot: { bucket: "smart0dte-111122223333-us-east-1-state", files: "0".repeat(64) },
}
const node = instance(wish)
const change = (cloud: Session, input: ConstructorParameters<typeof ModifyInstanceAttributeCommand>[0]) =>
  cloud.ec2.send(new ModifyInstanceAttributeCommand(input))
const metadata =
  (input: Omit<ConstructorParameters<typeof ModifyInstanceMetadataOptionsCommand>[0], "InstanceId">) =>
  (cloud: Session, { id }: { readonly id: string }) =>
    cloud.ec2.send(new ModifyInstanceMetadataOptionsCommand({ InstanceId: id, ...input }))

describe("what a node starts with", () => {
  const text = bootOf("us-east-1", wish)

  it("says where its files are, and leaves what the shell itself fills in", () => {
    expect(text).toContain(`files='${wish.boot.files}'`)
    expect(text).toContain(`bucket='${wish.boot.bucket}'`)
    expect(text).toContain('"$root/opt/smart0dte/')
    expect(text).not.toMatch(/\$\{(region|scope|bucket|files)\}/)
  })

  it("fits into what AWS takes", () => {
    expect(Buffer.byteLength(text)).toBeLessThan(16_384)
  })
})

describe("the node", () => {
  it("is launched as wanted in one call", async () => {
    const done = await on.make(node)
    expect(done).toContain("create instance/node")
    expect(await on.live(node)).toMatchObject({
      instanceType: "t3.xlarge",
      subnetId: (await on.live(inside)).id,
      groupIds: [(await on.live(group)).id],
      profile: "smart0dte-poc-node",
      keyName: "",
      running: true,
      publicAddress: false,
      metadataTokens: "required",
      metadataHops: 1,
      diskGb: 100,
      diskEncrypted: true,
    })
    expect(on.sandbox.world.trace.list().filter(({ operation }) => operation === "ModifyInstanceAttribute")).toEqual([])
  })

  it("is tagged at birth with its disk, and is told nothing secret", async () => {
    const { id, volumeId } = await on.live(node)
    const { Volumes = [] } = await on.cloud.ec2.send(new DescribeVolumesCommand({ VolumeIds: [volumeId] }))
    expect(Volumes[0]?.Tags).toContainEqual({ Key: "smart0dte:scope", Value: "poc" })
    const asked = new DescribeInstanceAttributeCommand({ InstanceId: id, Attribute: "userData" })
    const { UserData } = await on.cloud.ec2.send(asked)
    const script = Buffer.from(UserData?.Value ?? "", "base64").toString()
    expect(script).toMatch(/^#!\/bin\/bash\n/)
    expect(script).toContain("amazon-ssm-agent")
  })

  seesAndRepairs(
    on,
    () => node,
    {
      instanceType: async (cloud, { id }) => {
        await stopped(cloud, id)
        await change(cloud, { InstanceId: id, InstanceType: { Value: "t3.large" } })
      },
      running: (cloud, { id }) => stopped(cloud, id),
      groupIds: async (cloud, { id, groupIds }) => {
        const VpcId = (await on.live(main)).id
        const group = { VpcId, GroupName: "open", Description: "open" }
        const { GroupId } = await cloud.ec2.send(new CreateSecurityGroupCommand(group))
        const IpPermissions = [{ IpProtocol: "-1", IpRanges: [{ CidrIp: "0.0.0.0/0" }] }]
        await cloud.ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }))
        await change(cloud, { InstanceId: id, Groups: [...groupIds, there(GroupId)] })
      },
      profile: async (cloud) => {
        const found = await cloud.ec2.send(new DescribeIamInstanceProfileAssociationsCommand({}))
        const AssociationId = found.IamInstanceProfileAssociations?.[0]?.AssociationId
        await cloud.ec2.send(new DisassociateIamInstanceProfileCommand({ AssociationId }))
      },
      publicAddress: async (cloud, { id }) => {
        await on.make(gateway)
        const { AllocationId } = await cloud.ec2.send(new AllocateAddressCommand({ Domain: "vpc" }))
        await cloud.ec2.send(new AssociateAddressCommand({ AllocationId, InstanceId: id }))
      },
      monitoring: (cloud, { id }) => cloud.ec2.send(new UnmonitorInstancesCommand({ InstanceIds: [id] })),
      sourceDestCheck: (cloud, { id }) => change(cloud, { InstanceId: id, SourceDestCheck: { Value: false } }),
      metadataEndpoint: metadata({ HttpEndpoint: "disabled" }),
      metadataTokens: metadata({ HttpTokens: "optional" }),
      metadataHops: metadata({ HttpPutResponseHopLimit: 2 }),
      metadataTags: metadata({ InstanceMetadataTags: "enabled" }),
      diskGoesAlong: (cloud, { id, diskDevice }) =>
        change(cloud, {
          InstanceId: id,
          BlockDeviceMappings: [{ DeviceName: diskDevice, Ebs: { DeleteOnTermination: false } }],
        }),
      diskType: disk({ VolumeType: "gp2" }),
      diskIops: disk({ Iops: 4000 }),
      diskThroughput: disk({ Throughput: 250 }),
    },
    // A disk that somebody grew cannot shrink: told apart below.
    // A profile that was made anew under its name has a law of its own, as has a data volume that was taken off.
    ["imageId", "subnetId", "keyName", "diskEncrypted", "diskGb", "profileId", "dataVolumeId"],
  )

  it("gets its own profile back from somebody's", async () => {
    const InstanceProfileName = "somebody"
    await on.cloud.iam.send(new CreateInstanceProfileCommand({ InstanceProfileName }))
    const RoleName = "smart0dte-poc-node"
    await on.cloud.iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName, RoleName }))
    on.sandbox.world.clock.advance(60_000)
    const found = await on.cloud.ec2.send(new DescribeIamInstanceProfileAssociationsCommand({}))
    const AssociationId = found.IamInstanceProfileAssociations?.[0]?.AssociationId
    const IamInstanceProfile = { Name: InstanceProfileName }
    await on.cloud.ec2.send(new ReplaceIamInstanceProfileAssociationCommand({ AssociationId, IamInstanceProfile }))
    expect((await on.see(node)).changes).toMatchObject([{ field: "profile", live: "somebody" }, { field: "profileId" }])
    await on.make(node)
    expect((await on.see(node)).state).toBe("same")
  })

  it("changes its type in place", async () => {
    const { id } = await on.live(node)
    const larger = instance({ ...wish, instanceType: "t3.2xlarge" })
    expect(await on.see(larger)).toMatchObject({ state: "differs", changes: [{ field: "instanceType" }] })
    await on.make(larger)
    expect(await on.live(larger)).toMatchObject({ id, instanceType: "t3.2xlarge", running: true })
    await on.make(node)
  })

  it("runs as before where its account may not have so many processors", async () => {
    const { id } = await on.live(node)
    on.sandbox.world.faults.set([{ name: "quota", quota: "L-1216C47A", value: 4 }])
    const larger = instance({ ...wish, instanceType: "t3.2xlarge" })
    await expect(on.make(larger)).rejects.toThrow(
      `the account may not have more vCPUs of running instances; ${id} runs as t3.xlarge again`,
    )
    on.sandbox.world.faults.set([])
    expect(await on.live(node)).toMatchObject({ id, instanceType: "t3.xlarge", running: true })
    expect((await on.see(node)).state).toBe("same")
  })

  it("lets its disk grow, and says that it cannot shrink", async () => {
    on.sandbox.world.clock.advance(sevenHours)
    await on.make(instance({ ...wish, diskGb: 120 }))
    expect((await on.live(node)).diskGb).toBe(120)
    await expect(on.make(node)).rejects.toThrow(/has 120 GB and cannot shrink to 100 GB/)
  })

  it("is launched again when somebody terminated it, though AWS still shows the old one", async () => {
    const { id } = await on.live(node)
    await on.cloud.ec2.send(new TerminateInstancesCommand({ InstanceIds: [id] }))
    await on.make(node)
    expect(await on.live(node)).toMatchObject({ diskGb: 100 })
    expect((await on.live(node)).id).not.toBe(id)
  })

  it("costs by its type, its disk and what it has beyond", () => {
    const { kind, spec } = instance({ ...wish, publicAddress: true })
    expect(kind.price?.({ ...kind.blank, ...spec })).toEqual([
      { sku: "ec2/t3.xlarge", units: 1 },
      { sku: "ebs/gp3-gb", units: 100 },
      { sku: "ec2/monitoring", units: 1 },
      { sku: "vpc/public-ipv4", units: 1 },
    ])
    expect(kind.price?.({ ...kind.blank, ...spec, running: false })).not.toContainEqual(
      expect.objectContaining({ sku: "ec2/t3.xlarge" }),
    )
  })

  it("moves to the public subnet by a new one, with an address of its own", async () => {
    const table = routeTable({ scope, name: "public", vpc: main, subnets: [outside], wayOut: gateway })
    const open = instance({ ...wish, subnet: outside, publicAddress: true, wayOut: table })
    expect((await on.see(open)).state).toBe("replace")
    await on.make(open)
    expect(await on.live(open)).toMatchObject({ publicAddress: true, publicIp: expect.stringMatching(/^\d/) })
  })
})

async function stopped(cloud: Session, id: string): Promise<void> {
  const InstanceIds = [id]
  await cloud.ec2.send(new StopInstancesCommand({ InstanceIds }))
  await expect
    .poll(async () => {
      const { Reservations } = await cloud.ec2.send(new DescribeInstancesCommand({ InstanceIds }))
      return Reservations?.[0]?.Instances?.[0]?.State?.Name
    })
    .toBe("stopped")
}

function disk(input: Omit<ConstructorParameters<typeof ModifyVolumeCommand>[0], "VolumeId">) {
  return async (cloud: Session, { volumeId }: { readonly volumeId: string }) => {
    // A disk can be changed once in six hours.
    on.sandbox.world.clock.advance(sevenHours)
    await cloud.ec2.send(new ModifyVolumeCommand({ VolumeId: volumeId, ...input }))
    on.sandbox.world.clock.advance(sevenHours)
  }
}

const sevenHours = 7 * 3_600_000
