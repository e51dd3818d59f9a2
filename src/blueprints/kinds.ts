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
import { alarmKind, spendingAlarmKind } from "../steps/alarm.ts"
import { analyzerKind } from "../steps/analyzer.ts"
import { bucketKind } from "../steps/bucket.ts"
import { budgetKind } from "../steps/budget.ts"
import { cacheKind } from "../steps/cache.ts"
import { cacheParametersKind } from "../steps/cache-parameters.ts"
import { cacheSubnetGroupKind } from "../steps/cache-subnet-group.ts"
import { cacheUserKind } from "../steps/cache-user.ts"
import { cacheUserGroupKind } from "../steps/cache-user-group.ts"
import { certificateKind } from "../steps/certificate.ts"
import { choiceKind } from "../steps/choice.ts"
import { contactKind } from "../steps/contact.ts"
import { costTagsKind } from "../steps/cost-tags.ts"
import { dashboardKind } from "../steps/dashboard.ts"
import { databaseKind } from "../steps/database.ts"
import { databaseParametersKind } from "../steps/database-parameters.ts"
import { databaseSubnetGroupKind } from "../steps/database-subnet-group.ts"
import { defaultGroupKind } from "../steps/default-group.ts"
import { detectorKind } from "../steps/detector.ts"
import { dnsRecordKind } from "../steps/dns-record.ts"
import { documentKind } from "../steps/document.ts"
import { ebsEncryptionKind } from "../steps/ebs-encryption.ts"
import { endpointKind } from "../steps/endpoint.ts"
import { flowLogKind } from "../steps/flow-log.ts"
import { instanceKind } from "../steps/instance.ts"
import { instanceProfileKind } from "../steps/instance-profile.ts"
import { internetGatewayKind } from "../steps/internet-gateway.ts"
import { keyPairKind } from "../steps/key-pair.ts"
import { kmsKeyKind } from "../steps/kms-key.ts"
import { listenerKind } from "../steps/listener.ts"
import { loadBalancerKind } from "../steps/load-balancer.ts"
import { logGroupKind } from "../steps/log-group.ts"
import { metricFilterKind } from "../steps/metric-filter.ts"
import { natGatewayKind } from "../steps/nat-gateway.ts"
import { nodeFilesKind } from "../steps/node-files.ts"
import { passwordPolicyKind } from "../steps/password-policy.ts"
import { publicAccessBlockKind } from "../steps/public-access-block.ts"
import { recordKind } from "../steps/record.ts"
import { recorderKind } from "../steps/recorder.ts"
import { roleKind } from "../steps/role.ts"
import { routeTableKind } from "../steps/route-table.ts"
import { secretKind } from "../steps/secret.ts"
import { securityGroupKind } from "../steps/security-group.ts"
import { securityHubKind } from "../steps/security-hub.ts"
import { serviceLinkedRoleKind } from "../steps/service-linked-role.ts"
import { settingKind } from "../steps/setting.ts"
import { subnetKind } from "../steps/subnet.ts"
import { spendingSubscriptionKind, subscriptionKind } from "../steps/subscription.ts"
import { targetGroupKind } from "../steps/target-group.ts"
import { spendingTopicKind, topicKind } from "../steps/topic.ts"
import { tradingKind } from "../steps/trading.ts"
import { trailKind } from "../steps/trail.ts"
import { volumeKind } from "../steps/volume.ts"
import { vpcKind } from "../steps/vpc.ts"

/** What an account has, and no environment. */
const ofAccount: readonly AnyKind<Cloud>[] = [
  analyzerKind,
  budgetKind,
  contactKind,
  costTagsKind,
  detectorKind,
  ebsEncryptionKind,
  kmsKeyKind,
  metricFilterKind,
  passwordPolicyKind,
  publicAccessBlockKind,
  recorderKind,
  securityHubKind,
  serviceLinkedRoleKind,
  spendingAlarmKind,
  spendingSubscriptionKind,
  spendingTopicKind,
  trailKind,
]

/** What environments have, and the account never. */
const ofEnvironments: readonly AnyKind<Cloud>[] = [
  addressKind,
  cacheKind,
  cacheParametersKind,
  cacheSubnetGroupKind,
  cacheUserGroupKind,
  cacheUserKind,
  certificateKind,
  checkoutKind,
  choiceKind,
  dashboardKind,
  databaseKind,
  databaseParametersKind,
  databasesKind,
  databaseSubnetGroupKind,
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
  natGatewayKind,
  nodeFilesKind,
  nodeKind,
  overrideKind,
  routeTableKind,
  secretKind,
  securityGroupKind,
  settingKind,
  subnetKind,
  systemKind,
  targetGroupKind,
  tradingKind,
  volumeKind,
  vpcKind,
]

/** What both have. */
const ofBoth: readonly AnyKind<Cloud>[] = [
  alarmKind,
  bucketKind,
  logGroupKind,
  recordKind,
  roleKind,
  subscriptionKind,
  topicKind,
]

/** All that can be there of an account, or of environments: what no blueprint wants any more is found by this list. */
export const kindsOf = (whose: "account" | "environment"): readonly AnyKind<Cloud>[] => [
  ...ofBoth,
  ...(whose === "account" ? ofAccount : ofEnvironments),
]

/** All that can be there, whichever blueprint made it. */
export const kinds: readonly AnyKind<Cloud>[] = [...ofBoth, ...ofAccount, ...ofEnvironments]
