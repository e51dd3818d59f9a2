/** The wire shapes of the operations that are served, by name, so that a bundle carries only these. */
export {
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
