import { provesRefusals } from "../refusal-table.ts"
import { ground } from "./ground.ts"
import { balancerRows } from "./refusals/balancer.ts"
import { listenerRows } from "./refusals/listener.ts"
import { targetRows } from "./refusals/target.ts"

provesRefusals(
  new URL("../../../../src/sandbox/services/elbv2/", import.meta.url),
  [...balancerRows, ...targetRows, ...listenerRows],
  ground,
)
