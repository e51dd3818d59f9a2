import { DeleteCertificateCommand } from "@aws-sdk/client-acm"
import {
  DeleteListenerCommand,
  DeleteLoadBalancerCommand,
  DeleteTargetGroupCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2"
import type { Session } from "../../src/aws/clients.ts"
import { changeRecord, recordAt } from "../../src/aws/route53/record-sets.ts"
import type { The } from "./ground.ts"
import type { Removal } from "./removals.ts"

const domain = "trading.example.com"
const names = ["smart-0dte", "mag7-7dte"]
const sides = names.flatMap((name) => [`${name}-frontend`, `${name}-backend`])
const host = `smart-0dte.${domain}`

/** What is said of all that stands on the load balancer, or looks at it, when it is gone. */
export const followsFront: readonly string[] = [
  "listener/http missing (drift)",
  "listener/https missing (drift)",
  ...names.map((name) => `dns-record/${name}.${domain} differs: value (pending)`),
  ...sides.map((side) => `alarm/${side}-unhealthy differs: dimensions (pending)`),
  "alarm/front-5xx differs: dimensions (pending)",
  "alarm/front-unanswered differs: dimensions (pending)",
  "dashboard/overview differs: widgets (pending)",
]

/** What stands in front of an environment with names of its own. */
export const frontRemovals: readonly Removal[] = [
  {
    key: "load-balancer/main",
    does: withoutFront,
    also: followsFront,
  },
  {
    key: "target-group/smart-0dte-backend",
    async does(by, the) {
      await withoutDoor(by, the("listener/https"))
      const TargetGroupArn = the("target-group/smart-0dte-backend")
      await by.elb.send(new DeleteTargetGroupCommand({ TargetGroupArn }))
    },
    also: [
      "listener/https missing (drift)",
      "alarm/smart-0dte-backend-unhealthy differs: dimensions (pending)",
      "dashboard/overview differs: widgets (pending)",
    ],
  },
  { key: "listener/https", does: (by, the) => withoutDoor(by, the("listener/https")) },
  {
    key: `certificate/${domain}`,
    async does(by, the) {
      await withoutDoor(by, the("listener/https"))
      await by.acm.send(new DeleteCertificateCommand({ CertificateArn: the(`certificate/${domain}`) }))
    },
    // Only a certificate tells how it is to be proved.
    also: [
      "listener/https missing (drift)",
      ...names.map((name) => `dns-record/proof.${name}.${domain} missing (drift)`),
    ],
  },
  {
    key: `dns-record/${host}`,
    async does(by, the) {
      const there = await recordAt(by, the(`choice/zone-${domain}`, "value"), host)
      if (there) await changeRecord(by, "DELETE", there)
    },
  },
]

export async function withoutFront({ elb, clock }: Session, the: The): Promise<void> {
  await elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn: the("load-balancer/main") }))
  // Far longer than it takes: its addresses are its own until it is gone.
  await clock.sleep(300_000)
}

const withoutDoor = ({ elb }: Session, ListenerArn: string) => elb.send(new DeleteListenerCommand({ ListenerArn }))
