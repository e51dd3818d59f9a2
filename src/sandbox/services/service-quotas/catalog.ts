/** A quota as Service Quotas knows it; `known` is how the service that keeps to it asks for it, where that differs. */
export interface QuotaEntry {
  readonly service: string
  readonly serviceName: string
  readonly code: string
  readonly name: string
  /** What AWS gives every account, and what this one has. */
  readonly usual: number
  readonly own?: number
  readonly known?: string
}

export const quotaCatalog: readonly QuotaEntry[] = [
  {
    service: "ec2",
    serviceName: "Amazon Elastic Compute Cloud (Amazon EC2)",
    code: "L-1216C47A",
    name: "Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances",
    usual: 5,
    own: 64,
  },
  {
    service: "ec2",
    serviceName: "Amazon Elastic Compute Cloud (Amazon EC2)",
    code: "L-0263D0A3",
    name: "EC2-VPC Elastic IPs",
    usual: 5,
  },
  vpc("L-F678F1CE", "VPCs per Region", 5),
  vpc("L-A4707A72", "Internet gateways per Region", 5),
  vpc("L-FE5A380F", "NAT gateways per Availability Zone", 5),
  vpc("L-E79EC296", "VPC security groups per Region", 2500),
  vpc("L-0EA8095F", "Inbound or outbound rules per security group", 60),
  {
    service: "rds",
    serviceName: "Amazon Relational Database Service (Amazon RDS)",
    code: "L-7B6409FD",
    name: "DB instances",
    usual: 40,
  },
  {
    service: "rds",
    serviceName: "Amazon Relational Database Service (Amazon RDS)",
    code: "L-7ADDB58A",
    name: "Total storage for all DB instances",
    usual: 100_000,
  },
  {
    service: "elasticache",
    serviceName: "Amazon ElastiCache",
    code: "L-DFE45DF3",
    name: "Nodes per Region",
    usual: 300,
    known: "Nodes per Region",
  },
  {
    service: "elasticloadbalancing",
    serviceName: "Elastic Load Balancing (ELB)",
    code: "L-53DA6B97",
    name: "Application Load Balancers per Region",
    usual: 50,
    known: "ApplicationLoadBalancers",
  },
]

function vpc(code: string, name: string, usual: number): QuotaEntry {
  return { service: "vpc", serviceName: "Amazon Virtual Private Cloud (Amazon VPC)", code, name, usual }
}
