/** The wire shapes of the operations that are served, by name, so that a bundle carries only these. */
export {
  GetAWSDefaultServiceQuota$,
  GetServiceQuota$,
  IllegalArgumentException$,
  InvalidPaginationTokenException$,
  ListServiceQuotas$,
  NoSuchResourceException$,
} from "@aws-sdk/client-service-quotas"
