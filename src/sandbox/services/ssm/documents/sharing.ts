import type * as Ssm from "@aws-sdk/client-ssm"
import { type Call, handlers, Refusal } from "../../../service.ts"
import { given } from "../../given.ts"
import { pageByName } from "../../pages.ts"
import { notServed } from "../../unserved.ts"
import { badToken } from "../pages.ts"
import { documentFor, documents } from "./records.ts"

export const documentSharingHandlers = handlers<typeof Ssm>()({
  DescribeDocumentPermission: (input, call) => {
    const { Shared = [] } = documentOf(call, input)
    const wish = { size: input.MaxResults ?? 50, token: input.NextToken, refuse: badToken }
    const { items, next } = pageByName(Shared, (account) => account, wish)
    const AccountSharingInfoList = items.map((AccountId) => ({ AccountId, SharedDocumentVersion: "$DEFAULT" }))
    return { AccountIds: [...items], AccountSharingInfoList, NextToken: next }
  },

  ModifyDocumentPermission: (input, call) => {
    const record = documentOf(call, input)
    if (input.SharedDocumentVersion !== undefined && input.SharedDocumentVersion !== "$DEFAULT")
      throw notServed(`sharing ${input.SharedDocumentVersion} of a document`)
    const [added, removed] = [input.AccountIdsToAdd, input.AccountIdsToRemove].map((ids = []) => ids.map(plain))
    const left = (record.Shared ?? []).filter((account) => !removed?.includes(account))
    const Shared = [...new Set([...left, ...(added ?? [])])]
    if (Shared.length > 1 && Shared.includes(everybody)) throw notServed("sharing with everybody and with accounts")
    const limit = call.quota("DocumentShares", 1000)
    if (Shared.length > limit)
      throw new Refusal("DocumentPermissionLimit", `A document can be shared with ${limit} accounts at the most.`)
    documents(call).put(record.Name, { ...record, Shared })
    return {}
  },
})

/** There is one kind of permission, which the model demands. */
function documentOf(call: Call, input: Pick<Ssm.DescribeDocumentPermissionCommandInput, "Name" | "PermissionType">) {
  given(input.PermissionType, "permissionType", "ValidationException")
  return documentFor(call, given(input.Name, "name", "ValidationException"))
}

const everybody = "all"

/** `All` is written in any case. */
const plain = (account: string): string => (account.toLowerCase() === everybody ? everybody : account)
