import type { Cloud } from "../aws/cloud.ts"
import type { AnyKind } from "../engine/types.ts"
import { addressKind } from "../steps/address.ts"
import { bucketKind } from "../steps/bucket.ts"
import { choiceKind } from "../steps/choice.ts"
import { defaultGroupKind } from "../steps/default-group.ts"
import { endpointKind } from "../steps/endpoint.ts"
import { flowLogKind } from "../steps/flow-log.ts"
import { instanceKind } from "../steps/instance.ts"
import { instanceProfileKind } from "../steps/instance-profile.ts"
import { internetGatewayKind } from "../steps/internet-gateway.ts"
import { keyPairKind } from "../steps/key-pair.ts"
import { natGatewayKind } from "../steps/nat-gateway.ts"
import { recordKind } from "../steps/record.ts"
import { roleKind } from "../steps/role.ts"
import { routeTableKind } from "../steps/route-table.ts"
import { securityGroupKind } from "../steps/security-group.ts"
import { subnetKind } from "../steps/subnet.ts"
import { vpcKind } from "../steps/vpc.ts"

/** All that can be there, whichever blueprint made it: what no blueprint wants any more is found by this list. */
export const kinds: readonly AnyKind<Cloud>[] = [
  addressKind,
  bucketKind,
  choiceKind,
  defaultGroupKind,
  endpointKind,
  flowLogKind,
  instanceKind,
  instanceProfileKind,
  internetGatewayKind,
  keyPairKind,
  natGatewayKind,
  recordKind,
  roleKind,
  routeTableKind,
  securityGroupKind,
  subnetKind,
  vpcKind,
]
