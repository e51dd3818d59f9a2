import type * as ec2 from "@aws-sdk/client-ec2"
import { type Call, handlers, Refusal } from "../../service.ts"
import { gatewayServices } from "./catalog.ts"
import { type Fields, matching } from "./rules/filter.ts"
import { page } from "./rules/page.ts"

type PrefixList = ReturnType<typeof gatewayServices>[number]

/** AWS's own lists of the addresses that gateway endpoints reach. */
export const prefixListHandlers = handlers<typeof ec2>()({
  DescribePrefixLists(input, call) {
    const found = matching(call, named(call, input.PrefixListIds), input.Filters, fields)
    const { items, NextToken } = page(found, input, input.PrefixListIds)
    return {
      PrefixLists: items.map((list) => ({
        PrefixListId: list.prefixListId,
        PrefixListName: list.service,
        Cidrs: [...list.cidrs],
      })),
      NextToken,
    }
  },

  DescribeManagedPrefixLists(input, call) {
    const found = matching(call, named(call, input.PrefixListIds), input.Filters, {
      ...fields,
      "owner-id": () => "AWS",
    })
    const { items, NextToken } = page(found, input, input.PrefixListIds)
    return {
      PrefixLists: items.map((list) => ({
        PrefixListId: list.prefixListId,
        PrefixListName: list.service,
        PrefixListArn: `arn:${call.partition}:ec2:${call.region}:aws:prefix-list/${list.prefixListId}`,
        AddressFamily: "IPv4",
        State: "create-complete",
        OwnerId: "AWS",
      })),
      NextToken,
    }
  },
})

const fields: Fields<PrefixList> = {
  "prefix-list-id": (list) => list.prefixListId,
  "prefix-list-name": (list) => list.service,
}

const named = (call: Call, ids: readonly string[] | undefined): readonly PrefixList[] => {
  const all = gatewayServices(call.region)
  const unknown = ids?.find((id) => !all.some((list) => list.prefixListId === id))
  if (unknown) throw new Refusal("InvalidPrefixListId.NotFound", `The prefix list ID '${unknown}' does not exist`)
  return ids?.length ? all.filter((list) => ids.includes(list.prefixListId)) : all
}
