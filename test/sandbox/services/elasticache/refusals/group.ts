import { type Ground, running } from "../ground.ts"
import { api, type CacheRow, moto, seen } from "./case.ts"

const subnetGroup = (more: (aws: Ground) => object) => (aws: Ground) =>
  aws.refused("CreateCacheSubnetGroup", {
    CacheSubnetGroupName: "new",
    CacheSubnetGroupDescription: "x",
    SubnetIds: [aws.subnets[0]],
    ...more(aws),
  })

const parameterGroup = (more: object) => (aws: Ground) =>
  aws.refused("CreateCacheParameterGroup", {
    CacheParameterGroupName: "new",
    CacheParameterGroupFamily: "valkey9",
    Description: "x",
    ...more,
  })

const setting =
  (ParameterName: string, ParameterValue: string, CacheParameterGroupName = "own") =>
  (aws: Ground) =>
    aws.refused("ModifyCacheParameterGroup", {
      CacheParameterGroupName,
      ParameterNameValues: [{ ParameterName, ParameterValue }],
    })

const ResourceName = "arn:aws:elasticache:us-east-1:111122223333:user:app"

export const groupRows: readonly CacheRow[] = [
  [
    "a second subnet group",
    "CacheSubnetGroupAlreadyExists: main",
    moto,
    subnetGroup(() => ({ CacheSubnetGroupName: "Main" })),
  ],
  [
    "one called default",
    "InvalidParameterValue: default",
    api("CreateCacheSubnetGroup"),
    subnetGroup(() => ({ CacheSubnetGroupName: "default" })),
  ],
  ["a subnet that isn't there", "InvalidSubnet: subnet-0", moto, subnetGroup(() => ({ SubnetIds: ["subnet-0"] }))],
  [
    "subnets of two networks",
    "InvalidSubnet: one VPC",
    api("CreateCacheSubnetGroup"),
    subnetGroup(({ subnets }) => ({ SubnetIds: [subnets[0], subnets[2]] })),
  ],
  [
    "another network later",
    "InvalidParameterValue: not in the same Vpc",
    api("ModifyCacheSubnetGroup"),
    (aws) => aws.refused("ModifyCacheSubnetGroup", { CacheSubnetGroupName: "main", SubnetIds: [aws.subnets[2]] }),
  ],
  [
    "to leave a subnet with a node",
    "SubnetInUse: in use by one",
    api("ModifyCacheSubnetGroup"),
    () => {
      const aws = running()
      return aws.refused("ModifyCacheSubnetGroup", { CacheSubnetGroupName: "main", SubnetIds: [aws.subnets[1]] })
    },
  ],
  [
    "its end while it is used",
    "CacheSubnetGroupInUse: one-001",
    api("DeleteCacheSubnetGroup"),
    () => running().refused("DeleteCacheSubnetGroup", { CacheSubnetGroupName: "main" }),
  ],
  [
    "one subnet group too many",
    "CacheSubnetGroupQuotaExceeded",
    api("CreateCacheSubnetGroup"),
    (aws) => {
      aws.quotas.set("Subnet groups per Region", 1)
      return subnetGroup(() => ({}))(aws)
    },
  ],
  [
    "a second parameter group",
    "CacheParameterGroupAlreadyExists: own",
    api("CreateCacheParameterGroup"),
    parameterGroup({ CacheParameterGroupName: "OWN" }),
  ],
  [
    "an unknown family",
    "InvalidParameterValue: valkey3",
    api("CreateCacheParameterGroup"),
    parameterGroup({ CacheParameterGroupFamily: "valkey3" }),
  ],
  [
    "a name that is none",
    "InvalidParameterValue: CacheParameterGroupName",
    api("CreateCacheParameterGroup"),
    parameterGroup({ CacheParameterGroupName: "1" }),
  ],
  [
    "one parameter group too many",
    "CacheParameterGroupQuotaExceeded",
    api("CreateCacheParameterGroup"),
    (aws) => {
      aws.quotas.set("Parameter groups per Region", 1)
      return parameterGroup({})(aws)
    },
  ],
  [
    "a parameter that isn't",
    "InvalidParameterValue: Could not find parameter with name: nothing",
    seen,
    setting("nothing", "1"),
  ],
  [
    "one that nobody sets",
    "InvalidParameterValue: cannot be modified",
    api("ModifyCacheParameterGroup"),
    setting("appendonly", "yes"),
  ],
  [
    "a value out of range",
    "InvalidParameterValue: 101",
    api("ModifyCacheParameterGroup"),
    setting("reserved-memory-percent", "101"),
  ],
  [
    "a value between two ranges",
    "InvalidParameterValue: 19",
    api("ModifyCacheParameterGroup"),
    setting("timeout", "19"),
  ],
  [
    "a word that isn't",
    "InvalidParameterValue: sometimes",
    api("ModifyCacheParameterGroup"),
    setting("activedefrag", "sometimes"),
  ],
  [
    "a default group's value",
    "InvalidParameterValue: default one",
    api("ModifyCacheParameterGroup"),
    setting("timeout", "0", "default.valkey9"),
  ],
  [
    "21 values at once",
    "InvalidParameterCombination: 20 parameters",
    api("ModifyCacheParameterGroup"),
    (aws) =>
      aws.refused("ModifyCacheParameterGroup", {
        CacheParameterGroupName: "own",
        ParameterNameValues: Array.from({ length: 21 }, () => ({ ParameterName: "timeout", ParameterValue: "0" })),
      }),
  ],
  [
    "to reset nothing",
    "InvalidParameterCombination: all parameters",
    api("ResetCacheParameterGroup"),
    (aws) => aws.refused("ResetCacheParameterGroup", { CacheParameterGroupName: "own" }),
  ],
  [
    "the end of parameters in use",
    "InvalidCacheParameterGroupState: own",
    seen,
    () => running().refused("DeleteCacheParameterGroup", { CacheParameterGroupName: "own" }),
  ],
  [
    "a tag of AWS's own",
    "InvalidParameterValue: aws:x",
    api("AddTagsToResource"),
    (aws) => aws.refused("AddTagsToResource", { ResourceName, Tags: [{ Key: "aws:x", Value: "" }] }),
  ],
  [
    "the 51st tag",
    "TagQuotaPerResourceExceeded",
    api("AddTagsToResource"),
    (aws) => {
      const Tags = Array.from({ length: 51 }, (_, i) => ({ Key: `k${i}`, Value: "" }))
      return aws.refused("AddTagsToResource", { ResourceName, Tags })
    },
  ],
  [
    "a tag that isn't there",
    "TagNotFound: a was not found",
    api("RemoveTagsFromResource"),
    (aws) => aws.refused("RemoveTagsFromResource", { ResourceName, TagKeys: ["a"] }),
  ],
  [
    "an ARN that is none",
    "InvalidARN: x is invalid",
    moto,
    (aws) => aws.refused("ListTagsForResource", { ResourceName: "x" }),
  ],
  [
    "tags of a cache that is being made",
    "InvalidReplicationGroupState: not available",
    api("AddTagsToResource"),
    () => {
      const aws = running()
      aws.run("DeleteReplicationGroup", { ReplicationGroupId: "one" })
      return aws.refused("ListTagsForResource", {
        ResourceName: ResourceName.replace("user:app", "replicationgroup:one"),
      })
    },
  ],
]
