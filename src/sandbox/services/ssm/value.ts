import type { ParameterTier } from "@aws-sdk/client-ssm"
import { Refusal } from "../../service.ts"
import { notServed } from "../unserved.ts"
import { invalid, type ParameterRecord, type Tier } from "./records.ts"

/** Where a value of this size goes. What once was advanced stays so. */
export const tierOf = (asked: ParameterTier | undefined, value: string, old: Tier | undefined): Tier => {
  if (asked === "Intelligent-Tiering")
    return old === "Advanced" || sizeOf(value) > LARGEST.Standard ? "Advanced" : "Standard"
  if (asked === "Standard" && old === "Advanced") {
    throw invalid(
      "This parameter uses the advanced-parameter tier. You can't downgrade a parameter from the advanced-parameter " +
        "tier to the standard-parameter tier. If necessary, you can delete the advanced parameter and recreate it as a " +
        "standard parameter.",
    )
  }
  return asked ?? old ?? "Standard"
}

/** AWS checks a value against its data type; only the type that nothing is checked against is served. */
export const dataTypeOf = (asked = "text"): string => {
  if (asked === "text") return asked
  if (DATA_TYPES.has(asked)) throw notServed(`the data type ${asked}`)
  throw invalid(`The following data type is not supported: ${asked} (Data type names are all lowercase.)`)
}

export const checkValue = ({ Value, Tier, AllowedPattern }: ParameterRecord): void => {
  if (Value === "") {
    const rule = "Member must have length greater than or equal to 1."
    throw invalid(`1 validation error detected: Value '' at 'value' failed to satisfy constraint: ${rule}`)
  }
  if (/\{\{.*\}\}/s.test(Value)) {
    throw invalid(`Parameter value can't nest another parameter. Do not use "{{}}" in the value.`)
  }
  if (sizeOf(Value) > LARGEST[Tier]) {
    throw invalid(`${Tier} tier parameters support a maximum parameter value of ${LARGEST[Tier]} characters.`)
  }
  if (AllowedPattern !== undefined && !patternOf(AllowedPattern).test(Value)) {
    const message = `Parameter value, cannot be validated against allowedPattern: ${AllowedPattern}`
    throw new Refusal("ParameterPatternMismatchException", message)
  }
}

const LARGEST = { Standard: 4096, Advanced: 8192 } as const

const sizeOf = (value: string): number => Buffer.byteLength(value)

const DATA_TYPES: ReadonlySet<string> = new Set([
  "aws:account:id",
  "aws:ec2:image",
  "aws:region",
  "aws:ssm:integration",
  "binary",
  "boolean",
  "email",
  "float",
  "hostname",
  "integer",
  "ipv4-address",
  "ipv6-address",
  "json",
  "jsonc",
  "url",
])

const patternOf = (pattern: string): RegExp => {
  try {
    return new RegExp(pattern)
  } catch {
    const message = `The request doesn't meet the regular expression requirement: ${pattern}`
    throw new Refusal("InvalidAllowedPatternException", message)
  }
}
