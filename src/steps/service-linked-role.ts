import { CreateServiceLinkedRoleCommand, GetRoleCommand } from "@aws-sdk/client-iam"
import { serviceLinked } from "../aws/allow.ts"
import { unlessNotFound } from "../aws/already.ts"
import { type CloudKind, step } from "../aws/step.ts"
import type { Scope } from "../engine/types.ts"

/** The role by which a service of AWS works in this account. */
export interface ServiceLinkedRole {
  readonly roleName: string
}

export interface ServiceLinkedRoleWish {
  readonly scope: Scope
  readonly service: keyof typeof linkedRoles
}

/** Each service makes its own when it is first used, where whoever uses it may: once here, nobody else has to. */
export const serviceLinkedRole = ({ scope, service }: ServiceLinkedRoleWish) => {
  const roleName = linkedRoles[service]
  return step({
    kind: serviceLinkedRoleKind,
    name: service,
    scope,
    needs: {},
    spec: { roleName },
    async read(ctx) {
      const found = await unlessNotFound(ctx.iam.send(new GetRoleCommand({ RoleName: roleName })))
      return found && { live: { roleName }, owner: "ours", phase: "ready" }
    },
    async create(ctx) {
      await ctx.iam.send(new CreateServiceLinkedRoleCommand({ AWSServiceName: `${service}.amazonaws.com` }))
    },
  })
}

/** How each service calls its own. */
const linkedRoles = {
  config: "AWSServiceRoleForConfig",
  elasticache: "AWSServiceRoleForElastiCache",
  elasticloadbalancing: "AWSServiceRoleForElasticLoadBalancing",
  rds: "AWSServiceRoleForRDS",
} as const

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: filled in where a policy is written
/** Never taken away: whatever else in the account uses the service needs it as well. */
export const serviceLinkedRoleKind: CloudKind<ServiceLinkedRole> = {
  name: "service-linked-role",
  unique: "name",
  fixed: ["roleName"],
  blank: { roleName: "" },
  allow: [
    // Of one that is not there IAM does not know the path.
    ...["aws-service-role/*", "AWSServiceRoleFor*"].map((role) => ({
      action: "iam:GetRole",
      resource: `arn:\${partition}:iam::\${account}:role/${role}`,
    })),
    ...Object.keys(linkedRoles).map((service) => serviceLinked(`${service}.amazonaws.com`)),
  ],
  usually: { create: 2 },
}
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: see above
