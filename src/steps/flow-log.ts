import { CreateFlowLogsCommand, DeleteFlowLogsCommand, paginateDescribeFlowLogs } from "@aws-sdk/client-ec2"
import { bearing, onAnything, onOwn, ownBucketArn } from "../aws/allow.ts"
import { refuseUnsuccessful } from "../aws/ec2/unsuccessful.ts"
import { type FlowLogId, idOf, type VpcId } from "../aws/ids.ts"
import { listed } from "../aws/listed.ts"
import { everyItem } from "../aws/pages.ts"
import { type CloudKind, type Need, step } from "../aws/step.ts"
import { scopeFilter, tagSpecification } from "../aws/tags.ts"
import type { Scope } from "../engine/types.ts"

/** A network's traffic, written to a bucket. Nothing of it can change in place. */
export interface FlowLog {
  readonly id: FlowLogId
  readonly vpcId: string
  readonly destination: string
  readonly traffic: string
  /** Seconds that are summed up in one line. */
  readonly interval: number
}

export interface FlowLogWish {
  readonly scope: Scope
  readonly name: string
  readonly vpc: Need<{ readonly id: VpcId }>
  readonly bucket: Need<{ readonly arn: string }>
}

export const flowLog = ({ scope, name, vpc, bucket }: FlowLogWish) =>
  step({
    kind: flowLogKind,
    name,
    scope,
    needs: { vpc, bucket },
    spec: { traffic: "ALL", interval: 600 },
    links: ({ vpc, bucket }) => ({ vpcId: vpc.id, destination: bucket.arn }),
    async create(ctx, { vpc, bucket }, birth) {
      const answer = await ctx.ec2.send(
        new CreateFlowLogsCommand({
          ResourceType: "VPC",
          ResourceIds: [vpc.id],
          TrafficType: "ALL",
          MaxAggregationInterval: 600,
          LogDestinationType: "s3",
          LogDestination: bucket.arn,
          ClientToken: birth.token,
          TagSpecifications: [tagSpecification(birth, "vpc-flow-log")],
        }),
      )
      refuseUnsuccessful(ctx, "CreateFlowLogs", answer)
    },
  })

export const flowLogKind: CloudKind<FlowLog> = {
  name: "flow-log",
  unique: "token",
  async list(ctx, scopes) {
    const pages = paginateDescribeFlowLogs({ client: ctx.ec2 }, { Filter: [scopeFilter(scopes)] })
    const logs = await everyItem(pages, (page) => page.FlowLogs)
    return listed("flow-log", logs, (log) => ({
      live: {
        id: idOf("fl", log.FlowLogId),
        vpcId: log.ResourceId ?? "",
        destination: log.LogDestination ?? "",
        traffic: log.TrafficType ?? "",
        interval: log.MaxAggregationInterval ?? 600,
      },
      phase: "ready",
    }))
  },
  async destroy(ctx, { id }) {
    const answer = await ctx.ec2.send(new DeleteFlowLogsCommand({ FlowLogIds: [id] }))
    refuseUnsuccessful(ctx, "DeleteFlowLogs", answer)
    return undefined
  },
  fixed: ["vpcId", "destination", "traffic", "interval"],
  blank: { id: "fl-new", vpcId: "", destination: "", traffic: "", interval: 600 },
  allow: [
    onAnything("ec2:DescribeFlowLogs", "logs:CreateLogDelivery", "logs:DeleteLogDelivery"),
    ...bearing("ec2:CreateFlowLogs", "vpc-flow-log"),
    onOwn("vpc", "ec2:CreateFlowLogs"),
    onOwn("vpc-flow-log", "ec2:DeleteFlowLogs"),
    // AWS looks, as whoever asks, whether the bucket lets its delivery in.
    { action: ["s3:GetBucketPolicy", "s3:PutBucketPolicy"], resource: ownBucketArn("*") },
  ],
  usually: { create: 3, destroy: 2 },
}
