import { expect, test } from "vitest"
import { images } from "../../../../src/sandbox/services/ec2/catalog.ts"
import { ec2 } from "../../../../src/sandbox/services/ec2/index.ts"
import { rig } from "./rig.ts"

test("each handler has its schema, and each schema its handler", () => {
  const served = Object.keys(ec2.handlers).map((name) => `${name}$`)
  expect(served.sort()).toEqual(Object.keys(ec2.schemas).sort())
})

test("every operation has a limit, and the dear ones theirs", () => {
  const limitOf = (name: string) => ec2.limits.find(([pattern]) => pattern.test(name))?.slice(1)
  expect(Object.keys(ec2.handlers).filter((name) => !limitOf(name))).toEqual([])
  expect(limitOf("RunInstances")).toEqual([5, 2])
  expect(limitOf("CreateVpcEndpoint")).toEqual([4, 0.3])
  expect(limitOf("DeleteVpcEndpoints")).toEqual([4, 0.3])
  expect(limitOf("CreateNatGateway")).toEqual([10, 1])
  expect(limitOf("CreateTags")).toEqual([100, 10])
  expect(limitOf("DescribeInstances")).toEqual([100, 20])
  expect(limitOf("CreateVpc")).toEqual([50, 5])
})

test("what AWS offers can be looked up", () => {
  const aws = rig()
  const zones = aws.run("DescribeAvailabilityZones", { Filters: [{ Name: "state", Values: ["available"] }] })
  expect(zones.AvailabilityZones?.map((zone) => zone.ZoneName?.at(-1)).join("")).toBe("abcdef")
  const offered = aws.run("DescribeInstanceTypeOfferings", {
    LocationType: "availability-zone",
    Filters: [{ Name: "instance-type", Values: ["t3.xlarge"] }],
  })
  expect(offered.InstanceTypeOfferings?.map((one) => one.Location?.at(-1)).join("")).toBe("abcdf")
  const [type] = aws.run("DescribeInstanceTypes", { InstanceTypes: ["t3.xlarge"] }).InstanceTypes ?? []
  expect(type).toMatchObject({ VCpuInfo: { DefaultVCpus: 4 }, MemoryInfo: { SizeInMiB: 16_384 } })
  expect(aws.run("DescribeRegions", {}).Regions?.map((region) => region.RegionName)).toContain("eu-west-1")
  const newest = images.filter((image) => image.parameter?.endsWith("x86_64")).map((image) => image.id)
  const found = aws.run("DescribeImages", { Owners: ["amazon"], ImageIds: newest }).Images
  expect(found).toMatchObject([{ Architecture: "x86_64", RootDeviceName: "/dev/xvda", State: "available" }])
  expect(aws.run("DescribeImages", { Owners: ["self"] }).Images).toEqual([])
})
