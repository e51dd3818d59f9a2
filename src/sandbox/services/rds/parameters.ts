import type * as rds from "@aws-sdk/client-rds"
import { Refusal } from "../../service.ts"
import { serveOnly } from "../unserved.ts"
import { type KnownParameter, parameters } from "./catalog.ts"
import type { ParameterGroupRecord } from "./records.ts"

/** All that a group's family knows, with what somebody set. */
export const parametersIn = ({ values }: ParameterGroupRecord): readonly rds.Parameter[] =>
  parameters.map((one) => ({
    ParameterName: one.name,
    ParameterValue: values[one.name] ?? one.usual,
    Source: one.name in values ? "user" : one.usual === undefined ? "engine-default" : "system",
    ApplyType: one.applies,
    DataType: one.type,
    AllowedValues: one.allowed,
    IsModifiable: one.modifiable ?? true,
    ApplyMethod: one.name in values && one.applies === "dynamic" ? "immediate" : "pending-reboot",
  }))

export const isStatic = (name: string): boolean => parameters.find((one) => one.name === name)?.applies === "static"

/** What a change asks for, by name. */
export const checkedValues = (asked: readonly rds.Parameter[]): Readonly<Record<string, string>> => {
  if (asked.length > 20)
    throw new Refusal("InvalidParameterValue", "A maximum of 20 parameters can be modified in a single request.")
  for (const one of asked) serveOnly("ModifyDBParameterGroup", one, ["ParameterName", "ParameterValue", "ApplyMethod"])
  return Object.fromEntries(asked.map((one) => [one.ParameterName ?? "", checkedValue(one)]))
}

const checkedValue = ({ ParameterName: name = "", ParameterValue: value = "", ApplyMethod }: rds.Parameter): string => {
  const known = parameters.find((one) => one.name === name)
  if (!known) throw new Refusal("InvalidParameterValue", `Could not find parameter with name: ${name}`)
  if (known.modifiable === false)
    throw new Refusal("InvalidParameterValue", `The parameter ${name} cannot be modified.`)
  if (ApplyMethod === "immediate" && known.applies === "static")
    throw new Refusal("InvalidParameterCombination", `cannot use immediate apply method for static parameter ${name}`)
  if (!allows(known, value))
    throw new Refusal(
      "InvalidParameterValue",
      `Invalid parameter value: ${value} for: ${name} allowed values are: ${known.allowed}`,
    )
  return value
}

const allows = ({ allowed, type }: KnownParameter, value: string): boolean => {
  if (allowed === undefined) return true
  if (type !== "integer") return allowed.split(",").includes(value)
  const [, least, most] = /^(-?\d+)-(\d+)$/.exec(allowed) ?? []
  return /^-?\d+$/.test(value) && Number(value) >= Number(least) && Number(value) <= Number(most)
}
