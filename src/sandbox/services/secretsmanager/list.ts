import type * as client from "@aws-sdk/client-secrets-manager"
import { handlers, Refusal } from "../../service.ts"
import { pageByName } from "../pages.ts"
import { notServed } from "../unserved.ts"
import { described, stagesOf } from "./read.ts"
import { allSecrets, type SecretRecord } from "./records.ts"

export const listHandlers = handlers<typeof client>()({
  ListSecrets: (input, call) => {
    if (input.SortBy !== undefined && input.SortBy !== "name") throw notServed(`lists by ${input.SortBy}`)
    if (input.SortOrder === "desc") throw notServed("lists in descending order")
    const tests = (input.Filters ?? []).map(testOf)
    const all = allSecrets(call).filter(
      (record) => (input.IncludePlannedDeletion || !record.deletion) && tests.every((test) => test(record)),
    )
    const wish = { size: input.MaxResults ?? 100, token: input.NextToken, refuse }
    const { items, next } = pageByName(all, ({ Name }) => Name, wish)
    return {
      SecretList: items.map((record) => ({ ...described(record), SecretVersionsToStages: stagesOf(record) })),
      ...(next !== undefined && { NextToken: next }),
    }
  },
})

type Test = (record: SecretRecord) => boolean

/** Any of the values fits; one behind an exclamation mark must not. */
const testOf = ({ Key = "all", Values = [] }: client.Filter): Test => {
  const read = READS[Key]
  if (!read) throw notServed(`lists filtered by ${Key}`)
  const fits = (record: SecretRecord, value: string) => read(record).some((text) => text.startsWith(value))
  return (record) =>
    Values.some((value) => (value.startsWith("!") ? !fits(record, value.slice(1)) : fits(record, value)))
}

/** Where each key looks. A value need only begin so, also a tag's. */
const READS: Readonly<Record<string, (record: SecretRecord) => readonly string[]>> = {
  name: ({ Name }) => [Name],
  "tag-key": ({ Tags }) => Tags.map(({ Key }) => Key),
  "tag-value": ({ Tags }) => Tags.map(({ Value }) => Value),
  "owning-service": ({ OwningService }) => (OwningService === undefined ? [] : [OwningService]),
}

const refuse = (token: string): Refusal => new Refusal("InvalidNextTokenException", `The token ${token} is not valid.`)
