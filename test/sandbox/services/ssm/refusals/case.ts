import type { PutParameterCommandInput } from "@aws-sdk/client-ssm"
import type { Row } from "../../refusal-table.ts"
import type { Ground } from "../ground.ts"

export type SsmRow = Row<Ground>

export const api = (operation: string): string => `Systems Manager API reference: ${operation}`
export const names = "Systems Manager user guide: parameter names"
export const seen = "message reported by users of AWS"
export const moto = "moto's Parameter Store"
export const ours = "the sandbox's own: not served"

export const put = (aws: Ground, more: Partial<PutParameterCommandInput> = {}): string =>
  aws.refused("PutParameter", { Name: "/new", Type: "String", Value: "x", ...more })

export const putting =
  (more: Partial<PutParameterCommandInput>) =>
  (aws: Ground): string =>
    put(aws, more)

export const overwriting = (more: Partial<PutParameterCommandInput>) =>
  putting({ Name: "/app/name", Type: undefined, Overwrite: true, ...more })
