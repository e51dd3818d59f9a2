import type * as elb from "@aws-sdk/client-elastic-load-balancing-v2"
import { type Call, handlers, Refusal } from "../../service.ts"
import { instances } from "../ec2/records/compute.ts"
import { seek } from "../ec2/rules/kind.ts"
import { stateAt } from "../ec2/rules/timeline.ts"
import { given } from "../given.ts"
import { notServed } from "../unserved.ts"
import { loadBalancersUsing } from "./actions.ts"
import { type TargetGroupRecord, type TargetRecord, targetGroupOf, targetGroups } from "./records.ts"

export const targetHandlers = handlers<typeof elb>()({
  RegisterTargets(input, call) {
    const group = targetGroupOf(call, input.TargetGroupArn)
    const asked = wanted(group, input.Targets)
    for (const { id } of asked) checkInstance(call, group, id)
    const added = asked.map((one) => {
      const known = group.targets.find((target) => isSame(target, one) && target.leaving === undefined)
      return known ?? { ...one, since: call.now }
    })
    const kept = present(call, group).filter((target) => !added.some((one) => isSame(one, target)))
    const targets = [...kept, ...added]
    const limit = call.quota("TargetsPerTargetGroup", 1000)
    if (targets.length > limit) {
      throw new Refusal("TooManyTargetsException", `The maximum number of targets has been reached: ${limit}`)
    }
    targetGroups(call).put(group.arn, { ...group, targets })
    return {}
  },

  DeregisterTargets(input, call) {
    const group = targetGroupOf(call, input.TargetGroupArn)
    // What is not there need not leave: AWS says nothing about it.
    const gone = wanted(group, input.Targets)
    const targets = present(call, group).map((target) =>
      gone.some((one) => isSame(target, one)) ? { ...target, leaving: target.leaving ?? call.now } : target,
    )
    targetGroups(call).put(group.arn, { ...group, targets })
    return {}
  },

  DescribeTargetHealth(input, call) {
    if (input.Include?.length) throw notServed("Include of DescribeTargetHealth")
    const group = targetGroupOf(call, input.TargetGroupArn)
    const there = present(call, group)
    const chosen = input.Targets
      ? wanted(group, input.Targets).map((one) => there.find((target) => isSame(target, one)) ?? one)
      : there
    return {
      TargetHealthDescriptions: chosen.map((one) => ({
        Target: { Id: one.id, Port: one.port },
        HealthCheckPort: group.check.port === "traffic-port" ? String(one.port) : group.check.port,
        TargetHealth: "since" in one ? healthOf(call, group, one) : notRegistered,
      })),
    }
  },
})

interface Named {
  readonly id: string
  readonly port: number
}

const wanted = (group: TargetGroupRecord, targets: readonly elb.TargetDescription[] | undefined): readonly Named[] =>
  given(targets, "targets").map(({ Id, Port, AvailabilityZone, QuicServerId }) => {
    if (AvailabilityZone !== undefined) throw notServed("AvailabilityZone of a target")
    if (QuicServerId !== undefined) throw notServed("QuicServerId of a target")
    return { id: given(Id, "targets.id"), port: Port ?? group.port }
  })

const isSame = (one: Named, other: Named): boolean => one.id === other.id && one.port === other.port

/** Those that have not yet left for good, as a machine does that is terminated. */
const present = (call: Call, group: TargetGroupRecord): readonly TargetRecord[] => {
  const delay = Number(group.attributes["deregistration_delay.timeout_seconds"]) * 1000
  return group.targets.filter(({ id, leaving }) => {
    const instance = seek(call, instances, id)
    const there = instance !== undefined && !/^(shutting-down|terminated)$/.test(stateAt(instance.states, call.now))
    return there && (leaving === undefined || call.now < leaving + delay)
  })
}

const checkInstance = (call: Call, group: TargetGroupRecord, id: string): void => {
  const instance = seek(call, instances, id)
  if (!instance) throw new Refusal("InvalidTargetException", `The following targets are not valid instances: '${id}'`)
  if (instance.vpcId !== group.vpcId) {
    throw new Refusal("InvalidTargetException", `The following targets are not in the target group VPC: '${id}'`)
  }
  if (stateAt(instance.states, call.now) !== "running") {
    const message = `The following targets are not in a running state and cannot be registered: '${id}'`
    throw new Refusal("InvalidTargetException", message)
  }
}

const healthOf = (call: Call, group: TargetGroupRecord, target: TargetRecord): elb.TargetHealth => {
  const instance = seek(call, instances, target.id)
  if (target.leaving !== undefined) {
    const Description = "Target deregistration is in progress"
    return { State: "draining", Reason: "Target.DeregistrationInProgress", Description }
  }
  if (loadBalancersUsing(call, group.arn).length === 0) {
    const Description = "Target group is not configured to receive traffic from the load balancer"
    return { State: "unused", Reason: "Target.NotInUse", Description }
  }
  if (!instance || stateAt(instance.states, call.now) !== "running") {
    const Description = "Target is in the stopped state"
    return { State: "unused", Reason: "Target.InvalidState", Description }
  }
  // A new target needs one good answer, and then it is healthy.
  const checked = target.since + group.check.interval * 1000
  if (call.now >= checked) return { State: "healthy" }
  const Description = "Initial health checks in progress"
  return { State: "initial", Reason: "Elb.InitialHealthChecking", Description }
}

const notRegistered: elb.TargetHealth = {
  State: "unused",
  Reason: "Target.NotRegistered",
  Description: "Target is not registered to the target group",
}
