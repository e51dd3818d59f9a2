import {
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
import type { Service } from "../../service.ts"
import { hubHandlers } from "./hub.ts"
import { standardHandlers } from "./standards.ts"
import { tagHandlers } from "./tags.ts"

/** Security Hub: checks of the account against standards. */
export const securityhub: Service = {
  signingName: "securityhub",
  schemas: {
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
  },
  handlers: { ...hubHandlers, ...standardHandlers, ...tagHandlers },
  reads: /^(Describe|Get|List)/,
  limits: [
    [/^(BatchEnableStandards|BatchDisableStandards|UpdateSecurityHubConfiguration)$/, 1, 1],
    [/^/, 30, 10],
  ],
}
