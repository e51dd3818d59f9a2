import type { Row } from "../../refusal-table.ts"
import { Bucket, type Ground } from "../ground.ts"

export type S3Row = Row<Ground>

export const api = (operation: string): string => `S3 API reference: ${operation}`
export const codes = "S3 API reference: error responses"
export const conditional = "S3 user guide: conditional requests"
export const moto = "moto's S3"
export const ours = "the sandbox's own: not served"

export const creating =
  (more: object) =>
  (aws: Ground): string =>
    aws.refused("CreateBucket", { Bucket: "other", ...more })

export const putting =
  (more: object) =>
  (aws: Ground): string =>
    aws.refused("PutObject", { Bucket, Key: "k", Body: "x", ...more })
