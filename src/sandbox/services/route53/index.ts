import {
  ChangeResourceRecordSets$,
  CreateHostedZone$,
  DeleteHostedZone$,
  GetChange$,
  GetHostedZone$,
  HostedZoneAlreadyExists$,
  HostedZoneNotEmpty$,
  InvalidChangeBatch$,
  InvalidDomainName$,
  InvalidInput$,
  ListHostedZones$,
  ListHostedZonesByName$,
  ListResourceRecordSets$,
  NoSuchChange$,
  NoSuchHostedZone$,
} from "@aws-sdk/client-route-53"
import type { Service } from "../../service.ts"
import { setHandlers } from "./sets.ts"
import { zoneHandlers } from "./zones.ts"

export const route53: Service = {
  signingName: "route53",
  schemas: {
    ChangeResourceRecordSets$,
    CreateHostedZone$,
    DeleteHostedZone$,
    GetChange$,
    GetHostedZone$,
    HostedZoneAlreadyExists$,
    HostedZoneNotEmpty$,
    InvalidChangeBatch$,
    InvalidDomainName$,
    InvalidInput$,
    ListHostedZones$,
    ListHostedZonesByName$,
    ListResourceRecordSets$,
    NoSuchChange$,
    NoSuchHostedZone$,
  },
  handlers: { ...zoneHandlers, ...setHandlers },
  reads: /^(Get|List)/,
  // Five a second for all of an account's calls together; the limit sees one operation.
  limits: [[/^/, 5, 5]],
}
