import type { Service } from "../../service.ts"
import { listenerHandlers } from "./listeners.ts"
import { loadBalancerAttributeHandlers } from "./load-balancer-attributes.ts"
import { loadBalancerHandlers } from "./load-balancers.ts"
import { ruleHandlers } from "./rules.ts"
import * as schemas from "./schemas.ts"
import { tagHandlers } from "./tags.ts"
import { targetGroupHandlers } from "./target-groups.ts"
import { targetHandlers } from "./targets.ts"

export const elbv2: Service = {
  signingName: "elasticloadbalancing",
  schemas,
  handlers: {
    ...loadBalancerHandlers,
    ...loadBalancerAttributeHandlers,
    ...targetGroupHandlers,
    ...targetHandlers,
    ...listenerHandlers,
    ...ruleHandlers,
    ...tagHandlers,
  },
  reads: /^Describe/,
  limits: [
    [/^Describe/, 40, 10],
    [/^(RegisterTargets|DeregisterTargets)$/, 20, 4],
    [/^/, 20, 3],
  ],
}
