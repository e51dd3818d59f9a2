import {
  ConflictException$,
  CreateAnalyzer$,
  DeleteAnalyzer$,
  GetAnalyzer$,
  ListAnalyzers$,
  ResourceNotFoundException$,
  ServiceQuotaExceededException$,
  TagResource$,
  UntagResource$,
  ValidationException$,
} from "@aws-sdk/client-accessanalyzer"
import type { Service } from "../../service.ts"
import { analyzerHandlers } from "./analyzers.ts"
import { tagHandlers } from "./tags.ts"

/** IAM Access Analyzer: what of the account others can reach. */
export const accessanalyzer: Service = {
  signingName: "access-analyzer",
  schemas: {
    ConflictException$,
    CreateAnalyzer$,
    DeleteAnalyzer$,
    GetAnalyzer$,
    ListAnalyzers$,
    ResourceNotFoundException$,
    ServiceQuotaExceededException$,
    TagResource$,
    UntagResource$,
    ValidationException$,
  },
  handlers: { ...analyzerHandlers, ...tagHandlers },
  reads: /^(Get|List)/,
  limits: [[/^/, 10, 5]],
}
