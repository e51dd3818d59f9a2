/** The wire shapes of the operations that are served, by name, so that a bundle carries only these. */
export {
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
