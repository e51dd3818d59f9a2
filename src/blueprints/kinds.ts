import type { Cloud } from "../aws/cloud.ts"
import type { AnyKind } from "../engine/types.ts"
import { addressKind } from "../steps/address.ts"
import { alarmKind } from "../steps/alarm.ts"
import { bucketKind } from "../steps/bucket.ts"
import { certificateKind } from "../steps/certificate.ts"
import { choiceKind } from "../steps/choice.ts"
import { dashboardKind } from "../steps/dashboard.ts"
import { databaseKind } from "../steps/database.ts"
import { databaseParametersKind } from "../steps/database-parameters.ts"
import { databaseSubnetGroupKind } from "../steps/database-subnet-group.ts"
import { defaultGroupKind } from "../steps/default-group.ts"
import { dnsRecordKind } from "../steps/dns-record.ts"
import { endpointKind } from "../steps/endpoint.ts"
import { flowLogKind } from "../steps/flow-log.ts"
import { instanceKind } from "../steps/instance.ts"
import { instanceProfileKind } from "../steps/instance-profile.ts"
import { internetGatewayKind } from "../steps/internet-gateway.ts"
import { keyPairKind } from "../steps/key-pair.ts"
import { listenerKind } from "../steps/listener.ts"
import { loadBalancerKind } from "../steps/load-balancer.ts"
import { logGroupKind } from "../steps/log-group.ts"
import { natGatewayKind } from "../steps/nat-gateway.ts"
import { recordKind } from "../steps/record.ts"
import { roleKind } from "../steps/role.ts"
import { routeTableKind } from "../steps/route-table.ts"
import { securityGroupKind } from "../steps/security-group.ts"
import { subnetKind } from "../steps/subnet.ts"
import { subscriptionKind } from "../steps/subscription.ts"
import { targetGroupKind } from "../steps/target-group.ts"
import { topicKind } from "../steps/topic.ts"
import { volumeKind } from "../steps/volume.ts"
import { vpcKind } from "../steps/vpc.ts"

/** All that can be there, whichever blueprint made it: what no blueprint wants any more is found by this list. */
export const kinds: readonly AnyKind<Cloud>[] = [
  addressKind,
  alarmKind,
  bucketKind,
  certificateKind,
  choiceKind,
  dashboardKind,
  databaseKind,
  databaseParametersKind,
  databaseSubnetGroupKind,
  defaultGroupKind,
  dnsRecordKind,
  endpointKind,
  flowLogKind,
  instanceKind,
  instanceProfileKind,
  internetGatewayKind,
  keyPairKind,
  listenerKind,
  loadBalancerKind,
  logGroupKind,
  natGatewayKind,
  recordKind,
  roleKind,
  routeTableKind,
  securityGroupKind,
  subnetKind,
  subscriptionKind,
  targetGroupKind,
  topicKind,
  volumeKind,
  vpcKind,
]
