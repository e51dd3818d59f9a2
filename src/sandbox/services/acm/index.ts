import {
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
import type { Service } from "../../service.ts"
import { certificateHandlers } from "./certificates.ts"
import { tagHandlers } from "./tags.ts"

export const acm: Service = {
  signingName: "acm",
  schemas: {
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
  },
  handlers: { ...certificateHandlers, ...tagHandlers },
  reads: /^(Describe|List)/,
  // ACM's quotas of calls a second, which are also its bursts.
  limits: [
    [/^(DescribeCertificate|ListTagsForCertificate)$/, 10, 10],
    [/^ListCertificates$/, 8, 8],
    [/^/, 5, 5],
  ],
}
