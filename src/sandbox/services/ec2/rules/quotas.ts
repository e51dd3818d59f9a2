import { type Call, Refusal } from "../../../service.ts"

/** A limit by AWS's own quota code, what an account usually has, and how EC2 refuses what would go beyond it. */
interface Quota {
  readonly code: string
  readonly usual: number
  readonly refusal: string
  readonly message: string
}

const quotas = {
  vpcs: {
    code: "L-F678F1CE",
    usual: 5,
    refusal: "VpcLimitExceeded",
    message: "The maximum number of VPCs has been reached.",
  },
  subnets: {
    code: "L-407747CB",
    usual: 200,
    refusal: "SubnetLimitExceeded",
    message: "The maximum number of subnets has been reached.",
  },
  internetGateways: {
    code: "L-A4707A72",
    usual: 5,
    refusal: "InternetGatewayLimitExceeded",
    message: "The maximum number of internet gateways has been reached.",
  },
  addresses: {
    code: "L-0263D0A3",
    usual: 5,
    refusal: "AddressLimitExceeded",
    message: "The maximum number of addresses has been reached.",
  },
  natGateways: {
    code: "L-FE5A380F",
    usual: 5,
    refusal: "NatGatewayLimitExceeded",
    message: "Performing this operation would exceed the limit of NAT gateways in this zone",
  },
  routeTables: {
    code: "L-589F43AA",
    usual: 200,
    refusal: "RouteTableLimitExceeded",
    message: "The maximum number of route tables has been reached.",
  },
  routes: {
    code: "L-93826ACB",
    usual: 500,
    refusal: "RouteLimitExceeded",
    message: "The maximum number of routes has been reached.",
  },
  gatewayEndpoints: {
    code: "L-1B52E74A",
    usual: 20,
    refusal: "VpcEndpointLimitExceeded",
    message: "The maximum number of VPC endpoints has been reached.",
  },
  groups: {
    code: "L-E79EC296",
    usual: 2500,
    refusal: "SecurityGroupLimitExceeded",
    message: "The maximum number of security groups has been reached.",
  },
  rules: {
    code: "L-0EA8095F",
    usual: 60,
    refusal: "RulesPerSecurityGroupLimitExceeded",
    message: "The maximum number of rules per security group has been reached.",
  },
  standardVcpus: {
    code: "L-1216C47A",
    usual: 64,
    refusal: "VcpuLimitExceeded",
    message: "You have requested more vCPU capacity than your current vCPU limit allows for this instance bucket.",
  },
} as const satisfies Record<string, Quota>

/** Refuses when the region would then hold more than its quota. */
export const checkQuota = (call: Call, name: keyof typeof quotas, wanted: number): void => {
  const { code, usual, refusal, message } = quotas[name]
  if (wanted > call.quota(code, usual)) throw new Refusal(refusal, message)
}
