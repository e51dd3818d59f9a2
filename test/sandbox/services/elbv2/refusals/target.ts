import type { Ground } from "../ground.ts"
import { api, type ElbRow, gone, limited, quotas } from "./case.ts"

const target = (aws: Ground, more: object) =>
  aws.refused("CreateTargetGroup", { Name: "other", Protocol: "HTTP", Port: 3000, VpcId: aws.vpc, ...more })

export const targetRows: readonly ElbRow[] = [
  ["no VPC", "ValidationError: VPC ID", api("CreateTargetGroup"), (aws) => target(aws, { VpcId: undefined })],
  [
    "a health check that is slower than often",
    "ValidationError: smaller than the interval",
    api("CreateTargetGroup"),
    (aws) => target(aws, { HealthCheckIntervalSeconds: 5, HealthCheckTimeoutSeconds: 5 }),
  ],
  [
    "codes that are none",
    "ValidationError: '20' is not valid",
    api("Matcher"),
    (aws) => target(aws, { Matcher: { HttpCode: "20" } }),
  ],
  [
    "another group of that name",
    "DuplicateTargetGroupNameException: different settings",
    api("CreateTargetGroup"),
    (aws) => target(aws, { Name: "targets", Port: 3001 }),
  ],
  [
    "more groups than a region has",
    "TooManyTargetGroupsException: 1",
    quotas,
    (aws) => target(limited(aws, "TargetGroups"), {}),
  ],
  [
    "a group that is not there",
    "TargetGroupNotFoundException: not found",
    api("DescribeTargetHealth"),
    (aws) => aws.refused("DescribeTargetHealth", { TargetGroupArn: gone("targetgroup") }),
  ],
  [
    "a group in use",
    "ResourceInUseException: currently in use",
    api("DeleteTargetGroup"),
    (aws) => aws.refused("DeleteTargetGroup", { TargetGroupArn: aws.targets }),
  ],
  [
    "a machine that is not there",
    "InvalidTargetException: i-1",
    api("RegisterTargets"),
    (aws) => aws.refused("RegisterTargets", { TargetGroupArn: aws.targets, Targets: [{ Id: "i-1" }] }),
  ],
  [
    "a machine that does not run",
    "InvalidTargetException: not in a running state",
    api("RegisterTargets"),
    (aws) => {
      aws.net.run("StopInstances", { InstanceIds: [aws.node] })
      return aws.refused("RegisterTargets", { TargetGroupArn: aws.targets, Targets: [{ Id: aws.node }] })
    },
  ],
  [
    "more targets than a group has",
    "TooManyTargetsException: 0",
    quotas,
    (aws) => {
      aws.quotas.set("TargetsPerTargetGroup", 0)
      return aws.refused("RegisterTargets", { TargetGroupArn: aws.targets, Targets: [{ Id: aws.node }] })
    },
  ],
]
