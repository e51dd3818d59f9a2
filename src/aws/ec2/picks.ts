import {
  type _InstanceType,
  DescribeAvailabilityZonesCommand,
  DescribeInstanceTypesCommand,
  paginateDescribeInstanceTypeOfferings,
} from "@aws-sdk/client-ec2"
import { GetParameterCommand } from "@aws-sdk/client-ssm"
import { UserError } from "../../errors.ts"
import type { Cloud } from "../cloud.ts"
import { everyItem } from "../pages.ts"

/** The first two zones that are open and have machines of this type. */
export async function pickZones(ctx: Cloud, instanceType: string): Promise<readonly string[]> {
  const [open, offering] = await Promise.all([openZones(ctx), zonesOffering(ctx, instanceType)])
  const zones = open.filter((zone) => offering.includes(zone)).slice(0, 2)
  if (zones.length === 2) return zones
  throw new UserError(`${ctx.region} has ${zones.length} zones with ${instanceType}, and two are needed`, {
    hint: "set another instanceType or region",
  })
}

/** Amazon's newest image of Amazon Linux 2023 for the processor of this type. */
export async function pickImage(ctx: Cloud, instanceType: string): Promise<string> {
  // A type that the SDK does not know yet may be one that AWS has.
  const command = new DescribeInstanceTypesCommand({ InstanceTypes: [instanceType as _InstanceType] })
  const { InstanceTypes: [type] = [] } = await ctx.ec2.send(command)
  const architecture = type?.ProcessorInfo?.SupportedArchitectures?.includes("arm64") ? "arm64" : "x86_64"
  const Name = `${imagesOfAmazon}/al2023-ami-kernel-default-${architecture}`
  const { Parameter } = await ctx.ssm.send(new GetParameterCommand({ Name }))
  if (Parameter?.Value) return Parameter.Value
  throw new UserError(`AWS names no image under ${Name} in ${ctx.region}`, { hint: "set another region" })
}

/** Where AWS publishes the ids of its images. */
export const imagesOfAmazon = "/aws/service/ami-amazon-linux-latest"

async function openZones(ctx: Cloud): Promise<readonly string[]> {
  const Filters = [
    { Name: "state", Values: ["available"] },
    { Name: "zone-type", Values: ["availability-zone"] },
    { Name: "opt-in-status", Values: ["opt-in-not-required", "opted-in"] },
  ]
  const { AvailabilityZones = [] } = await ctx.ec2.send(new DescribeAvailabilityZonesCommand({ Filters }))
  return AvailabilityZones.map(({ ZoneName = "" }) => ZoneName).toSorted()
}

async function zonesOffering(ctx: Cloud, instanceType: string): Promise<readonly string[]> {
  const Filters = [{ Name: "instance-type", Values: [instanceType] }]
  const input = { LocationType: "availability-zone", Filters } as const
  const pages = paginateDescribeInstanceTypeOfferings({ client: ctx.ec2 }, input)
  const offerings = await everyItem(pages, (page) => page.InstanceTypeOfferings)
  return offerings.map(({ Location = "" }) => Location)
}
