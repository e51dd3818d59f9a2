// Distinct types, so that a subnet does not compile where a network is wanted.
export type AddressId = `eipalloc-${string}`
export type EndpointId = `vpce-${string}`
export type FlowLogId = `fl-${string}`
export type GatewayId = `igw-${string}`
export type GroupId = `sg-${string}`
export type InstanceId = `i-${string}`
export type KeyPairId = `key-${string}`
export type NatGatewayId = `nat-${string}`
export type RouteTableId = `rtb-${string}`
export type SnapshotId = `snap-${string}`
export type SubnetId = `subnet-${string}`
export type VolumeId = `vol-${string}`
export type VpcId = `vpc-${string}`

/** The SDK calls every member optional; an id that an answer should have is there, and of its kind. */
export function idOf<Prefix extends string>(prefix: Prefix, id: string | undefined): `${Prefix}-${string}` {
  if (!isId(prefix, id)) throw new Error(`AWS answered ${id ?? "nothing"} where an id ${prefix}-... belongs`)
  return id
}

const isId = <Prefix extends string>(prefix: Prefix, id: string | undefined): id is `${Prefix}-${string}` =>
  id?.startsWith(`${prefix}-`) ?? false
