import {
  BadRequestException$,
  CreateDetector$,
  DeleteDetector$,
  GetDetector$,
  ListDetectors$,
  TagResource$,
  UntagResource$,
  UpdateDetector$,
} from "@aws-sdk/client-guardduty"
import type { Service } from "../../service.ts"
import { detectorHandlers } from "./detectors.ts"
import { tagHandlers } from "./tags.ts"

/** GuardDuty: what looks for signs of a break-in. */
export const guardduty: Service = {
  signingName: "guardduty",
  schemas: {
    BadRequestException$,
    CreateDetector$,
    DeleteDetector$,
    GetDetector$,
    ListDetectors$,
    TagResource$,
    UntagResource$,
    UpdateDetector$,
  },
  handlers: { ...detectorHandlers, ...tagHandlers },
  reads: /^(Get|List)/,
  limits: [[/^/, 10, 5]],
}
