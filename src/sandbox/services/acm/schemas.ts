/** The wire shapes of the operations that are served, by name, so that a bundle carries only these. */
export {
  AddTagsToCertificate$,
  DeleteCertificate$,
  DescribeCertificate$,
  InvalidArgsException$,
  InvalidArnException$,
  InvalidParameterException$,
  InvalidTagException$,
  LimitExceededException$,
  ListCertificates$,
  ListTagsForCertificate$,
  RemoveTagsFromCertificate$,
  RequestCertificate$,
  ResourceInUseException$,
  ResourceNotFoundException$,
  TooManyTagsException$,
} from "@aws-sdk/client-acm"
