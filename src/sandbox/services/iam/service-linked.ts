import type * as Iam from "@aws-sdk/client-iam"
import { handlers, Refusal } from "../../service.ts"
import { notServed } from "../unserved.ts"
import { newRole, roles } from "./records.ts"
import { roleView } from "./roles.ts"

export const serviceLinkedHandlers = handlers<typeof Iam>()({
  CreateServiceLinkedRole: (input, call) => {
    if (input.CustomSuffix !== undefined) throw notServed("CustomSuffix of CreateServiceLinkedRole")
    const service = input.AWSServiceName ?? ""
    const name = linkedRoles[service]
    if (name === undefined) throw notServed(`the role of ${service}`)
    if (roles(call).has(name))
      throw new Refusal(
        "InvalidInputException",
        `Service role name ${name} has been taken in this account, please try a different suffix.`,
      )
    const trust = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { Service: [service] }, Action: ["sts:AssumeRole"] }],
    })
    const role = {
      ...newRole(call, name, `/aws-service-role/${service}/`, trust),
      ...(input.Description !== undefined && { Description: input.Description }),
    }
    roles(call).put(name, role)
    return { Role: roleView(role) }
  },
})

/** How each service calls its own role. */
export const linkedRoles: Readonly<Record<string, string>> = {
  "config.amazonaws.com": "AWSServiceRoleForConfig",
  "elasticache.amazonaws.com": "AWSServiceRoleForElastiCache",
  "elasticloadbalancing.amazonaws.com": "AWSServiceRoleForElasticLoadBalancing",
  "rds.amazonaws.com": "AWSServiceRoleForRDS",
  "autoscaling.amazonaws.com": "AWSServiceRoleForAutoScaling",
}
