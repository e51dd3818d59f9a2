import type * as Ssm from "@aws-sdk/client-ssm"
import { type Call, handlers, Refusal } from "../../service.ts"
import { given } from "../given.ts"
import { checkName } from "./names.ts"
import { invalid, notFound, type ParameterRecord, parameters } from "./records.ts"
import { withTags } from "./tags.ts"

const largest = { Standard: 4096, Advanced: 8192, "Intelligent-Tiering": 8192 } as const

export const writeHandlers = handlers<typeof Ssm>()({
  PutParameter: (input, call) => {
    const name = given(input.Name, "name", "ValidationException")
    checkName(name)
    const old = parameters(call).get(name)
    if (old && !input.Overwrite)
      throw new Refusal("ParameterAlreadyExists", "The parameter already exists. To overwrite it, set Overwrite.")
    if (input.Overwrite && input.Tags)
      throw invalid("Invalid request: tags and overwrite can't be used together. Use AddTagsToResource.")
    const record = recordOf(input, name, old, call)
    checkValue(record)
    if (!old) checkQuota(call)
    parameters(call).put(name, record)
    return { Version: record.Version, Tier: record.Tier }
  },

  DeleteParameter: (input, call) => {
    const name = given(input.Name, "name", "ValidationException")
    if (!parameters(call).delete(name)) throw notFound(name)
    return {}
  },

  DeleteParameters: (input, call) => {
    const names = [...new Set(input.Names ?? [])]
    const gone = names.filter((name) => parameters(call).delete(name))
    return { DeletedParameters: gone, InvalidParameters: names.filter((name) => !gone.includes(name)) }
  },
})

function recordOf(
  input: Ssm.PutParameterCommandInput,
  name: string,
  old: ParameterRecord | undefined,
  call: Call,
): ParameterRecord {
  const type = input.Type ?? old?.Type
  if (!type) throw invalid("A parameter type is required when you create a parameter.")
  if (old && old.Type !== type)
    throw new Refusal("HierarchyTypeMismatchException", `${name} is a ${old.Type} and cannot become a ${type}.`)
  return {
    Name: name,
    Type: type,
    Value: given(input.Value, "value", "ValidationException"),
    Version: (old?.Version ?? 0) + 1,
    LastModifiedDate: call.now,
    Tier: input.Tier ?? old?.Tier ?? "Standard",
    DataType: input.DataType ?? old?.DataType ?? "text",
    Description: input.Description ?? old?.Description,
    AllowedPattern: input.AllowedPattern,
    KeyId: type === "SecureString" ? (input.KeyId ?? "alias/aws/ssm") : undefined,
    Tags: old?.Tags ?? withTags([], input.Tags),
  }
}

function checkValue({ Value, Tier, AllowedPattern }: ParameterRecord): void {
  if (Value === "") throw invalid("Parameter value can't be empty.")
  if (Buffer.byteLength(Value) > largest[Tier])
    throw invalid(`${Tier} tier parameters support a maximum parameter value of ${largest[Tier]} characters.`)
  if (AllowedPattern !== undefined && !new RegExp(AllowedPattern).test(Value))
    throw new Refusal("ParameterPatternMismatchException", `The value does not match the pattern ${AllowedPattern}.`)
}

function checkQuota(call: Call): void {
  const limit = call.quota("Parameters", 10_000)
  if (parameters(call).all().length >= limit)
    throw new Refusal("ParameterLimitExceeded", `The account has its ${limit} parameters already.`)
}
