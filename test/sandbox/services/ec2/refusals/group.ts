import { groupIn, launch } from "../network.ts"
import { api, errors, moto, ours, type Row } from "./case.ts"

const rule = (more: object = {}) => ({ IpProtocol: "tcp", FromPort: 80, ToPort: 80, ...more })

export const groupRows: readonly Row[] = [
  [
    "a name twice in a VPC",
    "InvalidGroup.Duplicate",
    moto,
    ({ aws, vpc }) => aws.refused("CreateSecurityGroup", { VpcId: vpc, GroupName: "app", Description: "x" }),
  ],
  [
    "the name default",
    "InvalidParameterValue: Cannot use reserved security group name:",
    api("CreateSecurityGroup"),
    ({ aws, vpc }) => aws.refused("CreateSecurityGroup", { VpcId: vpc, GroupName: "default", Description: "x" }),
  ],
  [
    "a name like an id",
    "InvalidParameterValue: groupName is invalid. Group names may not",
    api("CreateSecurityGroup"),
    ({ aws, vpc }) => aws.refused("CreateSecurityGroup", { VpcId: vpc, GroupName: "sg-app", Description: "x" }),
  ],
  [
    "a name beyond ASCII",
    "InvalidParameterValue: groupName is invalid. Names are 1 to 255 of",
    api("CreateSecurityGroup"),
    ({ aws, vpc }) => aws.refused("CreateSecurityGroup", { VpcId: vpc, GroupName: "é", Description: "è" }),
  ],
  [
    "no VPC where there is no default one",
    "VPCIdNotSpecified",
    errors,
    ({ aws }) => aws.refused("CreateSecurityGroup", { GroupName: "a", Description: "x" }),
  ],
  [
    "deleting the default group",
    "CannotDelete",
    errors,
    ({ aws, vpc }) => {
      const [found] =
        aws.run("DescribeSecurityGroups", {
          Filters: [
            { Name: "group-name", Values: ["default"] },
            { Name: "vpc-id", Values: [vpc] },
          ],
        }).SecurityGroups ?? []
      return aws.refused("DeleteSecurityGroup", { GroupId: found?.GroupId })
    },
  ],
  [
    "deleting while a rule names it",
    "DependencyViolation: has a dependent object",
    moto,
    ({ aws, vpc, group }) => {
      aws.run("AuthorizeSecurityGroupIngress", {
        GroupId: groupIn(aws, vpc, "db"),
        IpPermissions: [rule({ UserIdGroupPairs: [{ GroupId: group }] })],
      })
      return aws.refused("DeleteSecurityGroup", { GroupId: group })
    },
  ],
  [
    "deleting while an instance uses it",
    "DependencyViolation: has a dependent object",
    moto,
    ({ aws, subnet, group }) => {
      launch(aws, subnet, { SecurityGroupIds: [group] })
      return aws.refused("DeleteSecurityGroup", { GroupId: group })
    },
  ],
  [
    "a description beyond ASCII alone",
    "InvalidParameterValue: GroupDescription",
    api("CreateSecurityGroup"),
    ({ aws, vpc }) => aws.refused("CreateSecurityGroup", { VpcId: vpc, GroupName: "a", Description: "è" }),
  ],
  [
    "groups by name",
    "NotImplemented: GroupNames",
    ours,
    ({ aws }) => aws.refused("DescribeSecurityGroups", { GroupNames: ["app"] }),
  ],
  [
    "deleting by name",
    "NotImplemented: GroupName",
    ours,
    ({ aws, group }) => aws.refused("DeleteSecurityGroup", { GroupId: group, GroupName: "app" }),
  ],
  [
    "revoking by id and by what it says at once",
    "NotImplemented: IpPermissions and SecurityGroupRuleIds",
    ours,
    ({ aws, group }) =>
      aws.refused("RevokeSecurityGroupIngress", {
        GroupId: group,
        IpPermissions: [{ IpProtocol: "-1", IpRanges: [{ CidrIp: "0.0.0.0/0" }] }],
        SecurityGroupRuleIds: ["sgr-0fffffffffffffff0"],
      }),
  ],
]
