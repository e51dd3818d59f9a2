import { type AnyHandler, Refusal, type Service } from "../../service.ts"
import { addressHandlers } from "./address.ts"
import { encryptionHandlers } from "./encryption.ts"
import { flowLogHandlers } from "./flow-log.ts"
import { imageHandlers } from "./image.ts"
import { instanceHandlers } from "./instance.ts"
import { instanceAttributeHandlers } from "./instance-attribute.ts"
import { instanceStateHandlers } from "./instance-state.ts"
import { internetGatewayHandlers } from "./internet-gateway.ts"
import { keyPairHandlers } from "./key-pair.ts"
import { limits } from "./limits.ts"
import { machineTypeHandlers } from "./machine-type.ts"
import { natGatewayHandlers } from "./nat-gateway.ts"
import { networkAclHandlers } from "./network-acl.ts"
import { networkInterfaceHandlers } from "./network-interface.ts"
import { prefixListHandlers } from "./prefix-list.ts"
import { profileHandlers } from "./profile.ts"
import { publicAddressHandlers } from "./public-address.ts"
import { routeHandlers } from "./route.ts"
import { routeAssociationHandlers } from "./route-association.ts"
import { routeTableHandlers } from "./route-table.ts"
import { runInstancesHandlers } from "./run-instances.ts"
import * as schemas from "./schemas.ts"
import { securityGroupHandlers } from "./security-group.ts"
import { securityRuleHandlers } from "./security-group-rules.ts"
import { snapshotHandlers } from "./snapshot.ts"
import { subnetHandlers } from "./subnet.ts"
import { tagHandlers } from "./tag.ts"
import { volumeHandlers } from "./volume.ts"
import { volumeAttachmentHandlers } from "./volume-attachment.ts"
import { volumeLifeHandlers } from "./volume-life.ts"
import { vpcHandlers } from "./vpc.ts"
import { vpcAttributeHandlers } from "./vpc-attribute.ts"
import { vpcEndpointHandlers } from "./vpc-endpoint.ts"
import { zoneHandlers } from "./zone.ts"

const table = {
  ...vpcHandlers,
  ...vpcAttributeHandlers,
  ...networkAclHandlers,
  ...subnetHandlers,
  ...internetGatewayHandlers,
  ...addressHandlers,
  ...publicAddressHandlers,
  ...natGatewayHandlers,
  ...routeTableHandlers,
  ...routeHandlers,
  ...routeAssociationHandlers,
  ...vpcEndpointHandlers,
  ...prefixListHandlers,
  ...flowLogHandlers,
  ...securityGroupHandlers,
  ...securityRuleHandlers,
  ...keyPairHandlers,
  ...runInstancesHandlers,
  ...instanceHandlers,
  ...instanceStateHandlers,
  ...instanceAttributeHandlers,
  ...profileHandlers,
  ...volumeHandlers,
  ...volumeLifeHandlers,
  ...volumeAttachmentHandlers,
  ...snapshotHandlers,
  ...networkInterfaceHandlers,
  ...zoneHandlers,
  ...machineTypeHandlers,
  ...imageHandlers,
  ...tagHandlers,
  ...encryptionHandlers,
}

/** Does everything, and then takes it back: what is thrown away with the draft is how EC2 checks a request. */
const withDryRun =
  (handler: AnyHandler): AnyHandler =>
  (input, call) => {
    const asked: { readonly DryRun?: boolean } = input
    const answer = handler(input, call)
    if (asked.DryRun) {
      throw new Refusal("DryRunOperation", "Request would have succeeded, but DryRun flag is set.", 412)
    }
    return answer
  }

export const ec2: Service = {
  signingName: "ec2",
  schemas,
  handlers: Object.fromEntries(Object.entries(table).map(([name, handler]) => [name, withDryRun(handler)])),
  reads: /^Describe/,
  limits,
}
