import type * as ec2 from "@aws-sdk/client-ec2"
import { type Call, handlers, Refusal } from "../../service.ts"
import { type RouteTableRecord, routeTables, subnets } from "./records/network.ts"
import { find, live, save } from "./rules/kind.ts"
import { required, serveOnly } from "./rules/refusals.ts"

type Association = RouteTableRecord["associations"][number]

/** A subnet has one association at most; without one it follows the main table. */
export const routeAssociationHandlers = handlers<typeof ec2>()({
  AssociateRouteTable(input, call) {
    serveOnly("AssociateRouteTable", input, ["RouteTableId", "SubnetId"])
    const table = find(call, routeTables, input.RouteTableId)
    const subnet = find(call, subnets, input.SubnetId)
    checkNetwork(table, subnet)
    const existing = live(call, routeTables).find((one) => one.associations.some((a) => a.subnetId === subnet.id))
    const known = existing?.associations.find((association) => association.subnetId === subnet.id)
    // The same association again is answered with the one there is; only another table is refused.
    if (known && existing?.id === table.id) return answer(known.id)
    if (known) {
      throw new Refusal(
        "Resource.AlreadyAssociated",
        `the specified association for route table ${table.id} conflicts with an existing association`,
      )
    }
    const association = { id: call.id("rtbassoc"), subnetId: subnet.id }
    save(call, routeTables, { ...table, associations: [...table.associations, association] })
    return answer(association.id)
  },

  DisassociateRouteTable(input, call) {
    const [table, association] = findAssociation(call, input.AssociationId)
    if (!association.subnetId) {
      throw new Refusal(
        "InvalidParameterValue",
        `cannot disassociate the main route table association ${association.id}`,
      )
    }
    save(call, routeTables, without(table, association))
    return {}
  },

  ReplaceRouteTableAssociation(input, call) {
    const [from, association] = findAssociation(call, input.AssociationId)
    const to = find(call, routeTables, input.RouteTableId)
    if (from.vpcId !== to.vpcId) {
      throw new Refusal(
        "InvalidParameterValue",
        `route table ${to.id} and association ${association.id} belong to different networks`,
      )
    }
    if (from.id === to.id) return { NewAssociationId: association.id, AssociationState: { State: "associated" } }
    const moved = { ...association, id: call.id("rtbassoc") }
    save(call, routeTables, without(from, association))
    save(call, routeTables, { ...to, associations: [...to.associations, moved] })
    return { NewAssociationId: moved.id, AssociationState: { State: "associated" } }
  },
})

const answer = (AssociationId: string): ec2.AssociateRouteTableResult => ({
  AssociationId,
  AssociationState: { State: "associated" },
})

const checkNetwork = (table: RouteTableRecord, subnet: { readonly id: string; readonly vpcId: string }): void => {
  if (table.vpcId === subnet.vpcId) return
  throw new Refusal(
    "InvalidParameterValue",
    `route table ${table.id} and subnet ${subnet.id} belong to different networks`,
  )
}

const findAssociation = (call: Call, given: string | undefined): readonly [RouteTableRecord, Association] => {
  const id = required(given, "associationId")
  for (const table of live(call, routeTables)) {
    const association = table.associations.find((one) => one.id === id)
    if (association) return [table, association]
  }
  throw new Refusal("InvalidAssociationID.NotFound", `The association ID '${id}' does not exist`)
}

const without = (table: RouteTableRecord, gone: Association): RouteTableRecord => ({
  ...table,
  associations: table.associations.filter((association) => association.id !== gone.id),
})
