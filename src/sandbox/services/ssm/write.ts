import type * as Ssm from "@aws-sdk/client-ssm"
import { type Call, handlers, Refusal } from "../../service.ts"
import { given } from "../given.ts"
import { refuseUnserved } from "../unserved.ts"
import { checkNewName } from "./names.ts"
import { invalid, notFound, type ParameterRecord, parameters } from "./records.ts"
import { withTags } from "./tags.ts"
import { checkValue, dataTypeOf, tierOf } from "./value.ts"

export const writeHandlers = handlers<typeof Ssm>()({
  PutParameter: (input, call) => {
    refuseUnserved(input, ["Policies"])
    const name = given(input.Name, "name", "ValidationException")
    checkNewName(name)
    if (input.Overwrite && input.Tags?.length) {
      throw invalid(
        "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove " +
          "overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or RemoveTagsFromResource.",
      )
    }
    const old = parameters(call).get(name)
    if (old && !input.Overwrite) {
      const message =
        "The parameter already exists. To overwrite this value, set the overwrite option in the request to true."
      throw new Refusal("ParameterAlreadyExists", message)
    }
    if (!old) checkQuota(call)
    const record = recordOf(input, name, old, call)
    checkValue(record)
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

/** What an overwriting request does not say stays as it was. */
const recordOf = (
  input: Ssm.PutParameterCommandInput,
  Name: string,
  old: ParameterRecord | undefined,
  call: Call,
): ParameterRecord => {
  const Type = typeOf(input.Type, old)
  if (input.KeyId !== undefined && Type !== "SecureString") {
    throw invalid("KeyId is required for SecureString type parameter only.")
  }
  const Value = given(input.Value, "value", "ValidationException")
  return {
    Name,
    Type,
    Value,
    Version: (old?.Version ?? 0) + 1,
    LastModifiedDate: call.now,
    LastModifiedUser: call.callerArn,
    Tier: tierOf(input.Tier, Value, old?.Tier),
    DataType: dataTypeOf(input.DataType ?? old?.DataType),
    Description: input.Description ?? old?.Description,
    AllowedPattern: input.AllowedPattern ?? old?.AllowedPattern,
    KeyId: Type === "SecureString" ? (input.KeyId ?? old?.KeyId ?? "alias/aws/ssm") : undefined,
    Tags: old?.Tags ?? withTags([], input.Tags),
  }
}

const typeOf = (asked: Ssm.ParameterType | undefined, old: ParameterRecord | undefined): Ssm.ParameterType => {
  const type = asked ?? old?.Type
  if (!type) throw invalid("A parameter type is required when you create a parameter.")
  if (!old || old.Type === type) return type
  const message = `${old.Name} is a ${old.Type} and cannot become a ${type}: create another parameter.`
  throw new Refusal("HierarchyTypeMismatchException", message)
}

const checkQuota = (call: Call): void => {
  const limit = call.quota("Parameters", 10_000)
  if (parameters(call).all().length < limit) return
  throw new Refusal("ParameterLimitExceeded", `You have exceeded the number of parameters for this account: ${limit}.`)
}
