import type * as Ssm from "@aws-sdk/client-ssm"
import { type Call, handlers, Refusal } from "../../service.ts"
import { given } from "../given.ts"
import { refuseUnserved } from "../unserved.ts"
import { below, filtered } from "./filters.ts"
import { type Found, lookUp } from "./lookup.ts"
import { folderOf, isBelow } from "./names.ts"
import { pageOf } from "./pages.ts"
import { published } from "./published.ts"
import { arnOf, type ParameterRecord, parameters } from "./records.ts"

export const readHandlers = handlers<typeof Ssm>()({
  GetParameter: (input, call) => {
    const found = lookUp(call, given(input.Name, "name", "ValidationException"))
    return { Parameter: view(found, call, input.WithDecryption) }
  },

  GetParameters: (input, call) => {
    const names = [...new Set(input.Names ?? [])].sort()
    const answers = names.map((name) => ({ name, found: lookUpOrNot(call, name) }))
    return {
      Parameters: answers.flatMap(({ found }) => (found ? [view(found, call, input.WithDecryption)] : [])),
      InvalidParameters: answers.flatMap(({ name, found }) => (found ? [] : [name])),
    }
  },

  GetParametersByPath: (input, call) => {
    const folder = folderOf(given(input.Path, "path", "ValidationException"))
    const all = [...parameters(call).all(), ...published()]
    const under = all.filter(({ Name }) => isBelow(Name, folder, input.Recursive ?? false))
    const { items, paging } = pageOf(filtered(under, input.ParameterFilters, below), input, 10)
    return { Parameters: items.map((record) => view({ record }, call, input.WithDecryption)), ...paging }
  },

  DescribeParameters: (input, call) => {
    refuseUnserved(input, ["Filters", "Shared"])
    const { items, paging } = pageOf(filtered(parameters(call).all(), input.ParameterFilters), input, 50)
    return { Parameters: items.map((record) => described(record, call)), ...paging }
  },
})

/** In a batch a name without a parameter, or without that version of it, is part of the answer. */
const lookUpOrNot = (call: Call, name: string): Found | undefined => {
  try {
    return lookUp(call, name)
  } catch (error) {
    if (error instanceof Refusal && /^Parameter(Version)?NotFound$/.test(error.code)) return undefined
    throw error
  }
}

const view = ({ record, Selector }: Found, call: Call, decrypted: boolean | undefined): Ssm.Parameter => ({
  Name: record.Name,
  Type: record.Type,
  Value: record.Type === "SecureString" && !decrypted ? sealed(record) : record.Value,
  Version: record.Version,
  ...(Selector !== undefined && { Selector }),
  LastModifiedDate: new Date(record.LastModifiedDate),
  ARN: arnOf(call, record.Name),
  DataType: record.DataType,
})

/** AWS answers with the ciphertext; anything that is not the value will do. */
const sealed = ({ Name, Version }: ParameterRecord): string =>
  Buffer.from(`sealed ${Name} ${Version}`).toString("base64")

const described = ({ Tags, Value, ...record }: ParameterRecord, call: Call): Ssm.ParameterMetadata => ({
  ...record,
  ARN: arnOf(call, record.Name),
  LastModifiedDate: new Date(record.LastModifiedDate),
})
