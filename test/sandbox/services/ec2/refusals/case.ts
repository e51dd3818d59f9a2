import { idOf, image, launch, type network } from "../network.ts"

export type Net = ReturnType<typeof network>

/** What is tried, how AWS refuses it (the code, and where that says too little a part of the message), who says so. */
export type Row = readonly [what: string, refusal: string, source: string, attempt: (net: Net) => string]

export const moto = "research: where AWS and moto differ"
export const errors = "EC2 API reference: error codes"
export const ours = "the sandbox's own: not served"
export const api = (operation: string): string => `EC2 API reference: ${operation}`

/** An id of the right shape that names nothing. */
export const gone = (prefix: string): string => `${prefix}-0fffffffffffffff0`

export const otherVpc = ({ aws }: Net): string => idOf(aws.run("CreateVpc", { CidrBlock: "10.30.0.0/16" }).Vpc?.VpcId)

export const nat = ({ aws, subnet, address }: Net, more: object = {}): string =>
  idOf(aws.run("CreateNatGateway", { SubnetId: subnet, AllocationId: address, ...more }).NatGateway?.NatGatewayId)

export const asked = (net: Net, more: object = {}) =>
  ({ ImageId: image, InstanceType: "t3.xlarge", MinCount: 1, MaxCount: 1, SubnetId: net.subnet, ...more }) as const

export const stopped = (net: Net): string => {
  const id = launch(net.aws, net.subnet)
  net.aws.pass(20)
  net.aws.run("StopInstances", { InstanceIds: [id] })
  net.aws.pass(60)
  return id
}
