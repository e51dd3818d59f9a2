/** The wire shapes of the operations that are served, by name, so that a bundle carries only these. */
export {
  BadRequestException$,
  CreateDetector$,
  DeleteDetector$,
  GetDetector$,
  ListDetectors$,
  TagResource$,
  UntagResource$,
  UpdateDetector$,
} from "@aws-sdk/client-guardduty"
