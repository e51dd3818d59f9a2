/** What AWS's own policies allow, of those whose word counts here. Each allows, and none of them denies. */
export const managedDocument = (arn: string): string | undefined => {
  const actions = ALLOWED[arn.slice(arn.lastIndexOf("/") + 1)]
  return (
    actions && JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...actions, Resource: "*" }] })
  )
}

const SSM_CORE = [
  "ssm:DescribeAssociation",
  "ssm:DescribeDocument",
  "ssm:GetDeployablePatchSnapshotForInstance",
  "ssm:GetDocument",
  "ssm:GetManifest",
  "ssm:GetParameter",
  "ssm:GetParameters",
  "ssm:ListAssociations",
  "ssm:ListInstanceAssociations",
  "ssm:PutComplianceItems",
  "ssm:PutConfigurePackageResult",
  "ssm:PutInventory",
  "ssm:UpdateAssociationStatus",
  "ssm:UpdateInstanceAssociationStatus",
  "ssm:UpdateInstanceInformation",
  "ssmmessages:*",
  "ec2messages:*",
]

const AGENT = [
  "cloudwatch:PutMetricData",
  "ec2:DescribeTags",
  "ec2:DescribeVolumes",
  "logs:CreateLogGroup",
  "logs:CreateLogStream",
  "logs:DescribeLogGroups",
  "logs:DescribeLogStreams",
  "logs:PutLogEvents",
  "logs:PutRetentionPolicy",
]

type Allowed = Readonly<Record<string, readonly string[] | string>>

const ALLOWED: Readonly<Record<string, Allowed>> = {
  AdministratorAccess: { Action: "*" },
  AmazonS3ReadOnlyAccess: { Action: ["s3:Get*", "s3:List*", "s3:Describe*"] },
  AmazonSSMManagedInstanceCore: { Action: SSM_CORE },
  CloudWatchAgentServerPolicy: { Action: AGENT },
  IAMReadOnlyAccess: { Action: ["iam:Get*", "iam:List*", "iam:Simulate*", "iam:GenerateCredentialReport"] },
  PowerUserAccess: { NotAction: ["iam:*", "organizations:*", "account:*"] },
  ReadOnlyAccess: { Action: ["*:Describe*", "*:Get*", "*:List*"] },
}
