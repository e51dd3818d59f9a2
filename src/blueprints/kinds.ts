import type { Cloud } from "../aws/cloud.ts"
import type { AnyKind } from "../engine/types.ts"
import { checkoutKind } from "../nodes/checkout.ts"
import { databasesKind } from "../nodes/databases.ts"
import { imagesKind } from "../nodes/images.ts"
import { influxKind } from "../nodes/influx.ts"
import { nodeKind } from "../nodes/node.ts"
import { overrideKind } from "../nodes/override-file.ts"
import { systemKind } from "../nodes/system.ts"
import { addressKind } from "../steps/address.ts"
import { alarmKind } from "../steps/alarm.ts"
import { bucketKind } from "../steps/bucket.ts"
import { cacheKind } from "../steps/cache.ts"
import { cacheParametersKind } from "../steps/cache-parameters.ts"
import { cacheSubnetGroupKind } from "../steps/cache-subnet-group.ts"
import { cacheUserKind } from "../steps/cache-user.ts"
import { cacheUserGroupKind } from "../steps/cache-user-group.ts"
import { certificateKind } from "../steps/certificate.ts"
import { choiceKind } from "../steps/choice.ts"
import { dashboardKind } from "../steps/dashboard.ts"
import { databaseKind } from "../steps/database.ts"
import { databaseParametersKind } from "../steps/database-parameters.ts"
import { databaseSubnetGroupKind } from "../steps/database-subnet-group.ts"
import { defaultGroupKind } from "../steps/default-group.ts"
import { dnsRecordKind } from "../steps/dns-record.ts"
import { documentKind } from "../steps/document.ts"
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
import { nodeFilesKind } from "../steps/node-files.ts"
import { recordKind } from "../steps/record.ts"
import { roleKind } from "../steps/role.ts"
import { routeTableKind } from "../steps/route-table.ts"
import { secretKind } from "../steps/secret.ts"
import { securityGroupKind } from "../steps/security-group.ts"
import { settingKind } from "../steps/setting.ts"
import { subnetKind } from "../steps/subnet.ts"
import { subscriptionKind } from "../steps/subscription.ts"
import { targetGroupKind } from "../steps/target-group.ts"
import { topicKind } from "../steps/topic.ts"
import { tradingKind } from "../steps/trading.ts"
import { volumeKind } from "../steps/volume.ts"
import { vpcKind } from "../steps/vpc.ts"

/** All that can be there, whichever blueprint made it: what no blueprint wants any more is found by this list. */
export const kinds: readonly AnyKind<Cloud>[] = [
  addressKind,
  alarmKind,
  bucketKind,
  cacheKind,
  cacheParametersKind,
  cacheSubnetGroupKind,
  cacheUserKind,
  cacheUserGroupKind,
  certificateKind,
  checkoutKind,
  choiceKind,
  dashboardKind,
  databaseKind,
  databaseParametersKind,
  databaseSubnetGroupKind,
  databasesKind,
  defaultGroupKind,
  dnsRecordKind,
  documentKind,
  endpointKind,
  flowLogKind,
  imagesKind,
  influxKind,
  instanceKind,
  instanceProfileKind,
  internetGatewayKind,
  keyPairKind,
  listenerKind,
  loadBalancerKind,
  logGroupKind,
  natGatewayKind,
  nodeFilesKind,
  nodeKind,
  overrideKind,
  recordKind,
  roleKind,
  routeTableKind,
  secretKind,
  securityGroupKind,
  settingKind,
  subnetKind,
  subscriptionKind,
  systemKind,
  targetGroupKind,
  topicKind,
  tradingKind,
  volumeKind,
  vpcKind,
]
