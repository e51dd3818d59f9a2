import {
  CreateVpcEndpointCommand,
  DeleteVpcEndpointsCommand,
  ModifyVpcEndpointCommand,
  paginateDescribeVpcEndpoints,
  type VpcEndpoint,
} from "@aws-sdk/client-ec2"
import { bearing, onAnything, onOwn } from "../aws/allow.ts"
import { refuseUnsuccessful } from "../aws/ec2/unsuccessful.ts"
import { type EndpointId, idOf, type RouteTableId, type VpcId } from "../aws/ids.ts"
import { listed } from "../aws/listed.ts"
import { everyItem } from "../aws/pages.ts"
import { type CloudKind, type Need, step } from "../aws/step.ts"
import { scopeFilter, tagSpecification } from "../aws/tags.ts"
import type { Phase, Scope } from "../engine/types.ts"

/** A gateway endpoint: the way to S3 that neither leaves AWS nor costs anything. */
export interface Endpoint {
  readonly id: EndpointId
  readonly vpcId: string
  readonly service: string
  readonly routeTableIds: readonly string[]
  /** "open", or the policy that somebody put on it. */
  readonly policy: string
}

export interface EndpointWish {
  readonly scope: Scope
  readonly name: string
  readonly region: string
  readonly vpc: Need<{ readonly id: VpcId }>
  readonly routeTables: readonly Need<{ readonly id: RouteTableId }>[]
}

export const s3Endpoint = ({ scope, name, region, vpc, routeTables }: EndpointWish) =>
  step({
    kind: endpointKind,
    name,
    scope,
    needs: { vpc, routeTables },
    started: ["routeTables"],
    spec: { service: `com.amazonaws.${region}.s3`, policy: "open" },
    links: ({ vpc, routeTables }) => ({
      vpcId: vpc.id,
      routeTableIds: routeTables.map(({ id }) => id).toSorted(),
    }),
    async create(ctx, { vpc, routeTables }, birth) {
      await ctx.ec2.send(
        new CreateVpcEndpointCommand({
          VpcId: vpc.id,
          VpcEndpointType: "Gateway",
          ServiceName: `com.amazonaws.${region}.s3`,
          RouteTableIds: routeTables.map(({ id }) => id),
          ClientToken: birth.token,
          TagSpecifications: [tagSpecification(birth, "vpc-endpoint")],
        }),
      )
    },
    async update(ctx, live, _, { routeTables }) {
      const want = routeTables.map(({ id }): string => id)
      const add = want.filter((id) => !live.routeTableIds.includes(id))
      const remove = live.routeTableIds.filter((id) => !want.includes(id))
      await ctx.ec2.send(
        new ModifyVpcEndpointCommand({
          VpcEndpointId: live.id,
          ...(add.length > 0 && { AddRouteTableIds: add }),
          ...(remove.length > 0 && { RemoveRouteTableIds: remove }),
          ...(live.policy !== "open" && { ResetPolicy: true }),
        }),
      )
    },
  })

export const endpointKind: CloudKind<Endpoint> = {
  name: "endpoint",
  unique: "token",
  async list(ctx, scopes) {
    const pages = paginateDescribeVpcEndpoints({ client: ctx.ec2 }, { Filters: [scopeFilter(scopes)] })
    const endpoints = await everyItem(pages, (page) => page.VpcEndpoints)
    return listed("endpoint", endpoints, (endpoint) => {
      const phase = phaseOf(endpoint)
      return phase && { live: liveOf(endpoint), phase }
    })
  },
  async destroy(ctx, { id }) {
    const answer = await ctx.ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [id] }))
    refuseUnsuccessful(ctx, "DeleteVpcEndpoints", answer)
    return undefined
  },
  fixed: ["vpcId", "service"],
  blank: { id: "vpce-new", vpcId: "", service: "", routeTableIds: [], policy: "open" },
  allow: [
    onAnything("ec2:DescribeVpcEndpoints"),
    ...bearing("ec2:CreateVpcEndpoint", "vpc-endpoint"),
    onOwn("vpc", "ec2:CreateVpcEndpoint"),
    onOwn("route-table", "ec2:CreateVpcEndpoint", "ec2:ModifyVpcEndpoint"),
    onOwn("vpc-endpoint", "ec2:ModifyVpcEndpoint", "ec2:DeleteVpcEndpoints"),
  ],
  usually: { create: 5, update: 3, destroy: 5 },
}

function phaseOf({ State }: VpcEndpoint): Phase | undefined {
  // AWS answers in either case, by operation.
  const state = State?.toLowerCase()
  if (state === "deleted") return undefined
  if (state === "deleting") return "leaving"
  if (state === "failed" || state === "rejected" || state === "expired") return { failed: `its state is ${state}` }
  return state === "available" ? "ready" : "pending"
}

const liveOf = ({ VpcEndpointId, VpcId, ServiceName, RouteTableIds = [], PolicyDocument }: VpcEndpoint): Endpoint => ({
  id: idOf("vpce", VpcEndpointId),
  vpcId: VpcId ?? "",
  service: ServiceName ?? "",
  routeTableIds: RouteTableIds.toSorted(),
  policy: policyOf(PolicyDocument),
})

/** AWS's own policy for a new endpoint is one statement that allows everything to everybody. */
function policyOf(document: string | undefined): string {
  if (!document) return "open"
  // A document of any other shape is simply not the open one.
  const { Statement } = JSON.parse(document) as { readonly Statement?: unknown }
  const statements = Array.isArray(Statement) ? Statement : [Statement]
  const [only] = statements as readonly Record<string, unknown>[]
  const open =
    statements.length === 1 &&
    only?.Effect === "Allow" &&
    only.Principal === "*" &&
    only.Action === "*" &&
    only.Resource === "*" &&
    only.Condition === undefined
  return open ? "open" : document
}
