import type * as Ssm from "@aws-sdk/client-ssm"
import { type Call, handlers, Refusal } from "../../service.ts"
import type { Table } from "../../store.ts"
import { privateName } from "../ec2/interface.ts"
import { type InstanceRecord, instances, interfaces } from "../ec2/records/compute.ts"
import { live, seek } from "../ec2/rules/kind.ts"
import { seconds, stateAt } from "../ec2/rules/timeline.ts"
import { pageByName } from "../pages.ts"
import { regional } from "../regional.ts"
import { refuseUnserved } from "../unserved.ts"
import { badToken } from "./pages.ts"
import { hasWayOut, roleOn, speaksToManager } from "./reach.ts"

/** An agent that spoke to Systems Manager at least once. */
export interface AgentRecord {
  readonly InstanceId: string
  readonly Registered: number
}

export const agents = (call: Call): Table<AgentRecord> => regional(call, "ssm/agent")

/** From running to the agent's first word. */
const wakes = seconds(15)

/** Whether the agent of an instance can speak to Systems Manager now. */
export const isSpeaking = (call: Call, instance: InstanceRecord): boolean =>
  stateAt(instance.states, call.now) === "running" &&
  call.now >= Math.max(instance.states.at(-1)?.[0] ?? 0, instance.rebooted ?? 0) + wakes &&
  speaksToManager(roleOn(call, instance)) &&
  hasWayOut(call, instance) &&
  !call.fault("agent", `agent:${instance.id}`)

/** Whether it can be given work: it registered once, and speaks now. */
export const isOnline = (call: Call, id: string): boolean => {
  const instance = seek(call, instances, id)
  return instance !== undefined && agents(call).has(id) && isSpeaking(call, instance)
}

export const agentHandlers = handlers<typeof Ssm>()({
  DescribeInstanceInformation: (input, call) => {
    refuseUnserved(input, ["InstanceInformationFilterList"])
    const tests = (input.Filters ?? []).map((filter) => testOf(filter))
    const all = live(call, instances).flatMap((one) => viewOf(call, one) ?? [])
    const found = all.filter((view) => tests.every((test) => test(view)))
    const wish = { size: input.MaxResults ?? 50, token: input.NextToken, refuse: badToken }
    const { items, next } = pageByName(found, ({ InstanceId = "" }) => InstanceId, wish)
    return { InstanceInformationList: [...items], NextToken: next }
  },
})

/** Nothing of one that never spoke, and of one that is gone. */
const viewOf = (call: Call, instance: InstanceRecord): Ssm.InstanceInformation | undefined => {
  const agent = agents(call).get(instance.id)
  if (!agent || stateAt(instance.states, call.now) === "terminated") return undefined
  const network = seek(call, interfaces, instance.interfaceId)
  const online = isSpeaking(call, instance)
  return {
    InstanceId: instance.id,
    PingStatus: online ? "Online" : "ConnectionLost",
    LastPingDateTime: new Date(online ? call.now : (instance.states[0]?.[0] ?? call.now)),
    AgentVersion: "3.3.2299.0",
    IsLatestVersion: true,
    PlatformType: "Linux",
    PlatformName: "Amazon Linux",
    PlatformVersion: "2023",
    ResourceType: "EC2Instance",
    IPAddress: network?.privateIp,
    ComputerName: network && privateName(call, network.privateIp),
    SourceId: instance.id,
    SourceType: "AWS::EC2::Instance",
  }
}

const testOf = ({
  Key = "",
  Values = [],
}: Ssm.InstanceInformationStringFilter): ((view: Ssm.InstanceInformation) => boolean) => {
  const read = READ[Key]
  if (!read) throw new Refusal("InvalidFilterKey", `The specified filter key is not valid: ${Key}.`)
  return (view) => Values.includes(read(view) ?? "")
}

const READ: Readonly<Record<string, (view: Ssm.InstanceInformation) => string | undefined>> = {
  InstanceIds: (view) => view.InstanceId,
  PingStatus: (view) => view.PingStatus,
  PlatformTypes: (view) => view.PlatformType,
  ResourceType: (view) => view.ResourceType,
}
