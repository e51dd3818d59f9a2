import type * as Ssm from "@aws-sdk/client-ssm"
import { type Call, handlers, Refusal } from "../../service.ts"
import { given } from "../given.ts"
import { below } from "./names.ts"
import { page } from "./page.ts"
import { published } from "./published.ts"
import { arnOf, invalid, notFound, type ParameterRecord, parameters } from "./records.ts"

export const readHandlers = handlers<typeof Ssm>()({
  GetParameter: (input, call) => {
    const name = given(input.Name, "name", "ValidationException")
    const record = lookUp(call, name)
    if (!record) throw notFound(name)
    return { Parameter: view(record, call, input.WithDecryption) }
  },

  GetParameters: (input, call) => {
    const found = [...new Set(input.Names ?? [])].map((name) => [name, lookUp(call, name)] as const)
    return {
      Parameters: found.flatMap(([, record]) => (record ? [view(record, call, input.WithDecryption)] : [])),
      InvalidParameters: found.flatMap(([name, record]) => (record ? [] : [name])),
    }
  },

  GetParametersByPath: (input, call) => {
    const path = given(input.Path, "path", "ValidationException")
    if (!path.startsWith("/")) throw invalid(`The parameter path must begin with a slash /: ${path}`)
    const under = parameters(call)
      .all()
      .filter(({ Name }) => {
        const rest = below(path, Name)
        return rest !== undefined && (input.Recursive === true || !rest.includes("/"))
      })
    const { items, NextToken } = page(under, ({ Name }) => Name, input.NextToken, input.MaxResults ?? 10)
    return { Parameters: items.map((record) => view(record, call, input.WithDecryption)), ...NextToken }
  },

  DescribeParameters: (input, call) => {
    const filters = input.ParameterFilters ?? []
    const fitting = parameters(call)
      .all()
      .filter((record) => filters.every((filter) => fits(record, filter)))
    const { items, NextToken } = page(fitting, ({ Name }) => Name, input.NextToken, input.MaxResults ?? 50)
    return { Parameters: items.map((record) => described(record, call)), ...NextToken }
  },
})

/** By name or by ARN, and with `:version` behind it. */
function lookUp(call: Call, asked: string): ParameterRecord | undefined {
  const [, bare = "", version] = /^(?:arn:[^/]+:parameter(?=\/))?([^:]*)(?::(\d+))?$/.exec(asked) ?? []
  const record = parameters(call).get(bare) ?? published(call, bare)
  if (record && version !== undefined && Number(version) !== record.Version)
    throw new Refusal("ParameterVersionNotFound", `Systems Manager could not find version ${version} of ${bare}.`)
  return record
}

const view = (record: ParameterRecord, call: Call, decrypted: boolean | undefined) => ({
  Name: record.Name,
  Type: record.Type,
  Value: record.Type === "SecureString" && !decrypted ? sealed(record) : record.Value,
  Version: record.Version,
  LastModifiedDate: new Date(record.LastModifiedDate),
  ARN: arnOf(call, record.Name),
  DataType: record.DataType,
})

/** AWS answers with the ciphertext; anything that is not the value will do. */
const sealed = ({ Name, Version }: ParameterRecord) => Buffer.from(`sealed ${Name} ${Version}`).toString("base64")

const described = (record: ParameterRecord, call: Call): Ssm.ParameterMetadata => ({
  Name: record.Name,
  ARN: arnOf(call, record.Name),
  Type: record.Type,
  KeyId: record.KeyId,
  LastModifiedDate: new Date(record.LastModifiedDate),
  Description: record.Description,
  AllowedPattern: record.AllowedPattern,
  Version: record.Version,
  Tier: record.Tier,
  DataType: record.DataType,
})

function fits(record: ParameterRecord, { Key = "", Option = "Equals", Values = [] }: Ssm.ParameterStringFilter) {
  const value = valueFor(record, Key)
  if (Key === "Path")
    return Values.some((path) => {
      const rest = below(path, record.Name)
      return rest !== undefined && (Option === "Recursive" || !rest.includes("/"))
    })
  if (Values.length === 0) return value !== undefined
  if (Option === "BeginsWith") return Values.some((start) => value?.startsWith(start))
  if (Option === "Contains") return Values.some((part) => value?.includes(part))
  if (Option !== "Equals") throw new Refusal("InvalidFilterOption", `The filter option ${Option} is not valid.`)
  return Values.some((wanted) => wanted === value)
}

function valueFor(record: ParameterRecord, key: string): string | undefined {
  if (key.startsWith("tag:")) return record.Tags.find((tag) => tag.Key === key.slice(4))?.Value
  if (key === "Name" || key === "Path") return record.Name
  if (key === "Type" || key === "Tier" || key === "DataType" || key === "KeyId") return record[key]
  throw new Refusal("InvalidFilterKey", `The filter key ${key} is not valid.`)
}
