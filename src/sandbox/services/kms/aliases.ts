import type * as Kms from "@aws-sdk/client-kms"
import { type Call, handlers, Refusal } from "../../service.ts"
import { pageByName } from "../pages.ts"
import { aliases, badMarker, keyOf, stayingKey } from "./records.ts"

export const aliasHandlers = handlers<typeof Kms>()({
  CreateAlias: (input, call) => {
    const name = input.AliasName ?? ""
    if (!/^alias\/[\w/-]+$/.test(name) || name.startsWith("alias/aws/"))
      throw new Refusal("InvalidAliasNameException", `Alias ${name} must begin with alias/, and not with alias/aws/.`)
    const key = stayingKey(call, input.TargetKeyId)
    if (aliases(call).has(name))
      throw new Refusal("AlreadyExistsException", `An alias with the name ${arnOf(call, name)} already exists`)
    aliases(call).put(name, { name, keyId: key.id, created: call.now })
    return {}
  },

  DeleteAlias: (input, call) => {
    const name = input.AliasName ?? ""
    if (!aliases(call).delete(name)) throw new Refusal("NotFoundException", `Alias ${arnOf(call, name)} is not found.`)
    return {}
  },

  ListAliases: (input, call) => {
    const of = input.KeyId === undefined ? undefined : keyOf(call, input.KeyId).id
    const shown = aliases(call)
      .all()
      .filter(({ keyId }) => of === undefined || keyId === of)
    const wish = { size: input.Limit ?? 50, token: input.Marker, refuse: badMarker }
    const { items, next } = pageByName(shown, ({ name }) => name, wish)
    return {
      Aliases: items.map(({ name, keyId, created }) => ({
        AliasName: name,
        AliasArn: arnOf(call, name),
        TargetKeyId: keyId,
        CreationDate: new Date(created),
      })),
      Truncated: next !== undefined,
      NextMarker: next,
    }
  },
})

const arnOf = ({ partition, region, account }: Call, name: string): string =>
  `arn:${partition}:kms:${region}:${account}:${name}`
