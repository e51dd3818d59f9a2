import type { ParameterType } from "@aws-sdk/client-ssm"
import { type Call, Refusal } from "../../service.ts"
import type { Table } from "../../store.ts"
import { regional } from "../regional.ts"
import type { Tag } from "../tags.ts"

export interface ParameterRecord {
  readonly Name: string
  readonly Type: ParameterType
  readonly Value: string
  readonly Version: number
  readonly LastModifiedDate: number
  readonly LastModifiedUser: string
  readonly Tier: Tier
  readonly DataType: string
  readonly Description?: string | undefined
  readonly AllowedPattern?: string | undefined
  readonly KeyId?: string | undefined
  readonly Tags: readonly Tag[]
}

/** Where a parameter ends up: a wish for intelligent tiering becomes one of these two. */
export type Tier = "Standard" | "Advanced"

export const parameters = (call: Call): Table<ParameterRecord> => regional(call, "ssm/parameter")

/** What Amazon publishes belongs to no account. */
export const arnOf = ({ partition, region, account }: Call, name: string): string =>
  `arn:${partition}:ssm:${region}:${name.startsWith("/aws/") ? "" : account}:parameter/${name.replace(/^\//, "")}`

export const invalid = (message: string): Refusal => new Refusal("ValidationException", message)

export const notFound = (name: string): Refusal => new Refusal("ParameterNotFound", `Parameter ${name} not found.`)
