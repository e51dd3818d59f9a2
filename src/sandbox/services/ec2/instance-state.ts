import type * as ec2 from "@aws-sdk/client-ec2"
import { type Call, handlers, Refusal } from "../../service.ts"
import { disksOf, stateView } from "./instance-view.ts"
import { detachInterface, lendPublicIp } from "./interface.ts"
import { bootTime, checkVcpus, findType, noCapacity } from "./launch.ts"
import { type InstanceRecord, instances, interfaces, profileAssociations, volumes } from "./records/compute.ts"
import { find, live, save, seek } from "./rules/kind.ts"
import { required, serveOnly } from "./rules/refusals.ts"
import { hour, passing, seconds, stateAt } from "./rules/timeline.ts"

const haltTime = seconds(30)

export const instanceStateHandlers = handlers<typeof ec2>()({
  StopInstances(input, call) {
    serveOnly("StopInstances", input, ["InstanceIds", "Force"])
    return {
      StoppingInstances: each(call, input.InstanceIds, (one, state) => {
        if (one.noApiStop) throw protectedFrom(one, "stopped", "disableApiStop")
        if (state === "stopping" || state === "stopped") return one
        if (state !== "running") throw wrongState(one, "stopped")
        const network = seek(call, interfaces, one.interfaceId)
        if (network) save(call, interfaces, { ...network, publicIp: undefined })
        return { ...one, states: passing(call.now, "stopping", haltTime, "stopped"), reason: byUser("stop") }
      }),
    }
  },

  StartInstances(input, call) {
    serveOnly("StartInstances", input, ["InstanceIds"])
    return {
      StartingInstances: each(call, input.InstanceIds, (one, state) => {
        if (state === "pending" || state === "running") return one
        if (state !== "stopped") throw wrongState(one, "started")
        checkVcpus(call, findType(one.type).vcpus)
        if (call.fault("capacity")) throw noCapacity(one.type, one.zone)
        const network = seek(call, interfaces, one.interfaceId)
        if (network?.wantsPublicIp) save(call, interfaces, { ...network, publicIp: lendPublicIp(call) })
        const states = passing(call.now, "pending", bootTime, "running")
        return { ...one, states, launched: call.now, rebooted: undefined, reason: undefined }
      }),
    }
  },

  /** What is asked for is not waited for: the instance is said to be running all the while. */
  RebootInstances(input, call) {
    serveOnly("RebootInstances", input, ["InstanceIds"])
    for (const id of required(input.InstanceIds, "InstanceIds")) {
      const one = find(call, instances, id)
      const state = stateAt(one.states, call.now)
      if (state === "shutting-down" || state === "terminated") continue
      if (state !== "running") throw wrongState(one, "rebooted")
      save(call, instances, { ...one, rebooted: call.now })
    }
    return {}
  },

  TerminateInstances(input, call) {
    serveOnly("TerminateInstances", input, ["InstanceIds"])
    return {
      TerminatingInstances: each(call, input.InstanceIds, (one, state) => {
        if (one.noApiTermination) throw protectedFrom(one, "terminated", "disableApiTermination")
        if (state === "shutting-down" || state === "terminated") return one
        const gone = call.now + haltTime
        letGo(call, one, gone)
        const states = passing(call.now, "shutting-down", haltTime, "terminated")
        return { ...one, states, reason: byUser("terminate"), until: gone + hour }
      }),
    }
  },

  MonitorInstances(input, call) {
    return { InstanceMonitorings: monitor(call, input.InstanceIds, true) }
  },

  UnmonitorInstances(input, call) {
    return { InstanceMonitorings: monitor(call, input.InstanceIds, false) }
  },
})

/** All or nothing: the first refusal keeps every instance as it was. */
const each = (
  call: Call,
  ids: readonly string[] | undefined,
  change: (one: InstanceRecord, state: ec2.InstanceStateName) => InstanceRecord,
): ec2.InstanceStateChange[] =>
  required(ids, "InstanceIds").map((id) => {
    const former = find(call, instances, id)
    const state = stateAt(former.states, call.now)
    const changed = save(call, instances, change(former, state))
    return {
      InstanceId: id,
      PreviousState: stateView(state),
      CurrentState: stateView(stateAt(changed.states, call.now)),
    }
  })

/** What an instance holds stays with it until it has gone down. */
const letGo = (call: Call, one: InstanceRecord, gone: number): void => {
  detachInterface(call, one.interfaceId, gone)
  for (const disk of disksOf(call, one.id)) {
    if (!disk.attachment) continue
    if (disk.attachment.deleteOnTermination) save(call, volumes, { ...disk, until: gone })
    else {
      const states = [
        [call.now, "in-use"],
        [gone, "available"],
      ] as const
      save(call, volumes, { ...disk, states, attachment: { ...disk.attachment, until: gone } })
    }
  }
  for (const association of live(call, profileAssociations).filter((held) => held.instanceId === one.id)) {
    save(call, profileAssociations, { ...association, until: gone })
  }
}

const monitor = (call: Call, ids: readonly string[] | undefined, monitoring: boolean): ec2.InstanceMonitoring[] =>
  required(ids, "InstanceIds").map((id) => {
    save(call, instances, { ...find(call, instances, id), monitoring })
    return { InstanceId: id, Monitoring: { State: monitoring ? "pending" : "disabling" } }
  })

const byUser = (verb: "stop" | "terminate"): InstanceRecord["reason"] => ({
  code: "Client.UserInitiatedShutdown",
  message: `Client.UserInitiatedShutdown: User initiated ${verb}`,
})

const wrongState = (one: InstanceRecord, done: string): Refusal =>
  new Refusal("IncorrectInstanceState", `The instance '${one.id}' is not in a state from which it can be ${done}.`)

const protectedFrom = (one: InstanceRecord, done: string, attribute: string): Refusal =>
  new Refusal(
    "OperationNotPermitted",
    `The instance '${one.id}' may not be ${done}. Modify its '${attribute}' instance attribute and try again.`,
  )
