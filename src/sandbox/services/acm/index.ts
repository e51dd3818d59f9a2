import type { Service } from "../../service.ts"
import { certificateHandlers } from "./certificates.ts"
import * as schemas from "./schemas.ts"
import { tagHandlers } from "./tags.ts"

export const acm: Service = {
  signingName: "acm",
  schemas,
  handlers: { ...certificateHandlers, ...tagHandlers },
  reads: /^(Describe|List)/,
  // ACM's quotas of calls a second, which are also its bursts.
  limits: [
    [/^(DescribeCertificate|ListTagsForCertificate)$/, 10, 10],
    [/^ListCertificates$/, 8, 8],
    [/^/, 5, 5],
  ],
}
