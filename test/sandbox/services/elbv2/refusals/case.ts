import type { Row } from "../../refusal-table.ts"
import type { Ground } from "../ground.ts"

export type ElbRow = Row<Ground>

export const api = (operation: string) => `ELB v2 API reference: ${operation}`
export const quotas = "ELB user guide: quotas"
export const gone = (type: string) => `arn:aws:elasticloadbalancing:us-east-1:111122223333:${type}/gone/1`

/** Another network, of the same zones, without a way in. */
export const elsewhere = ({ net }: Ground) => {
  const vpc = net.run("CreateVpc", { CidrBlock: "10.30.0.0/16" }).Vpc?.VpcId ?? ""
  const at = (n: number, zone: string) =>
    net.run("CreateSubnet", { VpcId: vpc, CidrBlock: `10.30.${n}.0/24`, AvailabilityZone: `us-east-1${zone}` }).Subnet
      ?.SubnetId ?? ""
  return { vpc, subnets: [at(1, "a"), at(2, "b")] }
}

export const limited = (aws: Ground, quota: string) => {
  aws.quotas.set(quota, 1)
  return aws
}
