/** The wire shapes of the operations that are served, by name, so that a bundle carries only these. */
export {
  BatchDisableStandards$,
  BatchEnableStandards$,
  DescribeHub$,
  DisableSecurityHub$,
  EnableSecurityHub$,
  GetEnabledStandards$,
  InvalidAccessException$,
  InvalidInputException$,
  ListTagsForResource$,
  ResourceConflictException$,
  ResourceNotFoundException$,
  TagResource$,
  UntagResource$,
  UpdateSecurityHubConfiguration$,
} from "@aws-sdk/client-securityhub"
