import type { ParameterTier, ParameterType } from "@aws-sdk/client-ssm"
import { type Call, Refusal } from "../../service.ts"

export interface ParameterRecord {
  readonly Name: string
  readonly Type: ParameterType
  readonly Value: string
  readonly Version: number
  readonly LastModifiedDate: number
  readonly Tier: ParameterTier
  readonly DataType: string
  readonly Description: string | undefined
  readonly AllowedPattern: string | undefined
  readonly KeyId: string | undefined
  readonly Tags: readonly Tag[]
}

export interface Tag {
  readonly Key: string
  readonly Value: string
}

export const parameters = (call: Call) => call.store.table<ParameterRecord>("ssm/parameter")

export const arnOf = ({ partition, region, account }: Call, name: string): string =>
  `arn:${partition}:ssm:${region}:${account}:parameter${name.startsWith("/") ? "" : "/"}${name}`

export const invalid = (message: string): Refusal => new Refusal("ValidationException", message)

export const notFound = (name: string): Refusal => new Refusal("ParameterNotFound", `Parameter ${name} not found.`)
