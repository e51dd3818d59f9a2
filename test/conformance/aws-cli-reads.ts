/** What the command says of what it made, and what the tests find besides: the account, a zone, a topic. */
export type Outputs = Readonly<Record<string, string>>

const ours = "Name=tag:smart0dte:scope,Values=poc"

/** A line for the aws command line, with outputs in braces; what of its answer is looked at; and what that must be. */
export const reads: readonly (readonly [line: string, query: string, expected: (out: Outputs) => unknown])[] = [
  [`ec2 describe-vpcs --filters ${ours}`, "Vpcs[].[VpcId, CidrBlock]", ({ vpcId }) => [[vpcId, "10.20.0.0/16"]]],
  [
    "ec2 describe-subnets --filters Name=vpc-id,Values={vpcId}",
    "sort(Subnets[].SubnetId)",
    ({ publicSubnetA, publicSubnetB, privateSubnetA, privateSubnetB }) =>
      [publicSubnetA, publicSubnetB, privateSubnetA, privateSubnetB].toSorted(),
  ],
  [
    "ec2 describe-route-tables --filters Name=association.subnet-id,Values={privateSubnetA}",
    "sort(RouteTables[].Associations[].SubnetId)",
    ({ privateSubnetA, privateSubnetB }) => [privateSubnetA, privateSubnetB].toSorted(),
  ],
  [
    "ec2 describe-nat-gateways --filter Name=subnet-id,Values={publicSubnetA}",
    "NatGateways[].[State, NatGatewayAddresses[0].PublicIp]",
    ({ natIp }) => [["available", natIp]],
  ],
  [
    "ec2 describe-security-groups --group-ids {loadBalancerGroup}",
    "SecurityGroups[].IpPermissions[].IpRanges[].CidrIp",
    ({ allowedCidrs }) => [allowedCidrs, allowedCidrs],
  ],
  [
    "ec2 describe-security-groups --group-ids {databaseGroup} {cacheGroup}",
    "sort_by(SecurityGroups[].IpPermissions[], &FromPort)[].[FromPort, UserIdGroupPairs[0].GroupId]",
    ({ appGroup }) => [
      [5432, appGroup],
      [6379, appGroup],
    ],
  ],
  [
    "ec2 describe-instances --instance-ids {instanceId}",
    "Reservations[].Instances[].[State.Name, PrivateIpAddress, ImageId, SubnetId, SecurityGroups[0].GroupId]",
    ({ privateIp, imageId, privateSubnetA, appGroup }) => [["running", privateIp, imageId, privateSubnetA, appGroup]],
  ],
  [`ec2 describe-addresses --filters ${ours}`, "Addresses[].PublicIp", ({ natIp }) => [natIp]],
  [
    "ec2 describe-vpc-endpoints --filters Name=vpc-id,Values={vpcId}",
    "VpcEndpoints[].[ServiceName, VpcEndpointType, State]",
    () => [["com.amazonaws.us-east-1.s3", "Gateway", "available"]],
  ],
  ["iam get-role --role-name smart0dte-poc-node", "Role.Path", () => "/smart0dte/poc/"],
  ["iam list-role-policies --role-name smart0dte-poc-node", "PolicyNames", () => ["node"]],
  [
    "ssm get-parameters-by-path --path /smart0dte/poc/choices --recursive",
    "Parameters[?ends_with(Name, '/image') || ends_with(Name, '/zones')].Value",
    ({ imageId, zones }) => [imageId, zones],
  ],
  [
    "rds describe-db-instances --db-instance-identifier smart0dte-poc-postgres",
    "DBInstances[].[DBInstanceStatus, Engine, Endpoint.Address, StorageEncrypted, VpcSecurityGroups[0].VpcSecurityGroupId]",
    ({ databaseHost, databaseGroup }) => [["available", "postgres", databaseHost, true, databaseGroup]],
  ],
  [
    "rds describe-db-subnet-groups --db-subnet-group-name smart0dte-poc-database-main",
    "sort(DBSubnetGroups[].Subnets[].SubnetIdentifier)",
    ({ privateSubnetA, privateSubnetB }) => [privateSubnetA, privateSubnetB].toSorted(),
  ],
  [
    "elasticache describe-replication-groups --replication-group-id smart0dte-poc-main",
    "ReplicationGroups[].[Status, Engine, NodeGroups[0].PrimaryEndpoint.Address, TransitEncryptionEnabled]",
    ({ cacheHost }) => [["available", "valkey", cacheHost, true]],
  ],
  [
    "elasticache describe-users --user-id smart0dte-poc-default",
    "Users[].[UserName, AccessString]",
    () => [["default", "off ~keys* -@all"]],
  ],
  [
    "secretsmanager list-secrets --filters Key=name,Values=smart0dte/poc/",
    "sort(SecretList[].Name)",
    () => [
      "smart0dte/poc/broker-live/keys",
      "smart0dte/poc/broker-paper/keys",
      "smart0dte/poc/mag7-7dte/generated",
      "smart0dte/poc/mag7-7dte/keys",
      "smart0dte/poc/node/generated",
      "smart0dte/poc/smart-0dte/generated",
      "smart0dte/poc/smart-0dte/keys",
    ],
  ],
  [
    "secretsmanager get-secret-value --secret-id smart0dte/poc/node/generated",
    "length(SecretString) > `16`",
    () => true,
  ],
  [
    "elbv2 describe-load-balancers --names smart0dte-poc-main",
    "LoadBalancers[].[State.Code, DNSName, VpcId, SecurityGroups]",
    ({ loadBalancerDns, vpcId, loadBalancerGroup }) => [["active", loadBalancerDns, vpcId, [loadBalancerGroup]]],
  ],
  ["elbv2 describe-target-groups", "sort(TargetGroups[].Port)", () => [3000, 3001, 8000, 8001]],
  [
    "acm list-certificates --certificate-statuses ISSUED",
    "CertificateSummaryList[].[DomainName, InUse]",
    () => [["smart-0dte.trading.example.com", true]],
  ],
  [
    "route53 list-resource-record-sets --hosted-zone-id {zone}",
    "sort(ResourceRecordSets[?Type=='A'].Name)",
    () => ["mag7-7dte.trading.example.com.", "smart-0dte.trading.example.com."],
  ],
  [
    "sns list-subscriptions-by-topic --topic-arn {topic}",
    "Subscriptions[].[Protocol, Endpoint, SubscriptionArn]",
    () => [["email", "ops@example.com", "PendingConfirmation"]],
  ],
  [
    "cloudwatch describe-alarms --alarm-names smart0dte_poc_node-disk",
    "MetricAlarms[].[Namespace, AlarmActions]",
    ({ topic }) => [["CWAgent", [topic]]],
  ],
  ["cloudwatch list-dashboards", "DashboardEntries[].DashboardName", () => ["smart0dte_poc_overview"]],
  [
    "logs describe-log-groups --log-group-name-prefix /smart0dte/poc/",
    "sort_by(logGroups, &logGroupName)[].[logGroupName, retentionInDays]",
    () => [
      ["/smart0dte/poc/mag7-7dte", 30],
      ["/smart0dte/poc/smart-0dte", 30],
    ],
  ],
  [
    "ssm list-documents --filters Key=Owner,Values=Self Key=Name,Values=smart0dte-poc-",
    "sort(DocumentIdentifiers[].Name)",
    () =>
      ["compose", "exec", "halt", "release", "resume", "switch-live", "switch-paper"].map(
        (one) => `smart0dte-poc-${one}`,
      ),
  ],
  [
    "ssm list-commands --instance-id {instanceId}",
    "Commands[?Parameters.Action[0]=='system'].[DocumentName, Status]",
    () => [
      ["smart0dte-poc-release", "Success"],
      ["smart0dte-poc-release", "Success"],
    ],
  ],
]
