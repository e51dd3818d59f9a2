import type * as ec2 from "@aws-sdk/client-ec2"
import { type Call, handlers } from "../../service.ts"
import { amazonOwnerId } from "./catalog.ts"
import { instanceView, stateView } from "./instance-view.ts"
import { type InstanceRecord, instances } from "./records/compute.ts"
import { type Fields, matching, select } from "./rules/filter.ts"
import { page } from "./rules/page.ts"
import { seconds, stateAt } from "./rules/timeline.ts"

export const instanceHandlers = handlers<typeof ec2>()({
  DescribeInstances(input, call) {
    const found = select(call, instances, input.InstanceIds, input.Filters, fields)
    const { items, NextToken } = page(found, input, input.InstanceIds)
    const reservations = [...new Set(items.map((one) => one.reservationId))]
    return {
      Reservations: reservations.map((ReservationId) => ({
        ReservationId,
        OwnerId: call.account,
        RequesterId: amazonOwnerId,
        Groups: [],
        Instances: items.filter((one) => one.reservationId === ReservationId).map((one) => instanceView(call, one)),
      })),
      NextToken,
    }
  },

  /** Only what runs, unless all are asked for. */
  DescribeInstanceStatus(input, call) {
    const named = select(call, instances, input.InstanceIds, undefined, {})
    const shown = named.filter((one) => input.IncludeAllInstances || stateAt(one.states, call.now) === "running")
    const { items, NextToken } = page(matching(call, shown, input.Filters, statusFields), input, input.InstanceIds)
    return { InstanceStatuses: items.map((one) => statusView(one, call.now)), NextToken }
  },

  DescribeInstanceCreditSpecifications(input, call) {
    const named = select(call, instances, input.InstanceIds, input.Filters, {})
    const burstable = named.filter((one) => one.credits)
    const { items, NextToken } = page(burstable, input, input.InstanceIds)
    return {
      InstanceCreditSpecifications: items.map((one) => ({ InstanceId: one.id, CpuCredits: one.credits })),
      NextToken,
    }
  },
})

/** What a view says under a name of its own, so that filters and answers can't disagree. */
const shown =
  (read: (view: ec2.Instance) => string | number | boolean | undefined | (string | undefined)[]) =>
  (one: InstanceRecord, call: Call) =>
    read(instanceView(call, one))

const fields: Fields<InstanceRecord> = {
  architecture: shown((view) => view.Architecture),
  "availability-zone": (one) => one.zone,
  "availability-zone-id": shown((view) => view.Placement?.AvailabilityZoneId),
  "block-device-mapping.device-name": shown((view) => view.BlockDeviceMappings?.map((disk) => disk.DeviceName)),
  "block-device-mapping.volume-id": shown((view) => view.BlockDeviceMappings?.map((disk) => disk.Ebs?.VolumeId)),
  "client-token": (one) => one.clientToken,
  "dns-name": shown((view) => view.PublicDnsName),
  "iam-instance-profile.arn": shown((view) => view.IamInstanceProfile?.Arn),
  "iam-instance-profile.id": shown((view) => view.IamInstanceProfile?.Id),
  "image-id": (one) => one.imageId,
  "instance-id": (one) => one.id,
  "instance-state-code": (one, call) => stateView(stateAt(one.states, call.now)).Code,
  "instance-state-name": (one, call) => stateAt(one.states, call.now),
  "instance-type": (one) => one.type,
  "instance.group-id": shown((view) => view.SecurityGroups?.map((group) => group.GroupId)),
  "instance.group-name": shown((view) => view.SecurityGroups?.map((group) => group.GroupName)),
  "ip-address": shown((view) => view.PublicIpAddress),
  "key-name": (one) => one.keyName,
  "launch-index": (one) => one.launchIndex,
  "launch-time": (one) => new Date(one.launched).toISOString(),
  "metadata-options.http-endpoint": (one) => one.metadata.endpoint,
  "metadata-options.http-put-response-hop-limit": (one) => one.metadata.hopLimit,
  "metadata-options.http-tokens": (one) => one.metadata.tokens,
  "monitoring-state": (one) => (one.monitoring ? "enabled" : "disabled"),
  "network-interface.network-interface-id": shown((view) => view.NetworkInterfaces?.[0]?.NetworkInterfaceId),
  "network-interface.subnet-id": shown((view) => view.SubnetId),
  "network-interface.vpc-id": shown((view) => view.VpcId),
  "owner-id": (_one, call) => call.account,
  "private-dns-name": shown((view) => view.PrivateDnsName),
  "private-ip-address": shown((view) => view.PrivateIpAddress),
  "reservation-id": (one) => one.reservationId,
  "root-device-name": (one) => one.rootDevice,
  "root-device-type": () => "ebs",
  "subnet-id": shown((view) => view.SubnetId),
  tenancy: () => "default",
  "vpc-id": shown((view) => view.VpcId),
}

const statusFields: Fields<InstanceRecord> = {
  "availability-zone": (one) => one.zone,
  "instance-state-code": (one, call) => stateView(stateAt(one.states, call.now)).Code,
  "instance-state-name": (one, call) => stateAt(one.states, call.now),
  "instance-status.reachability": (one, call) => checks(one, call.now).reachability,
  "instance-status.status": (one, call) => checks(one, call.now).status,
  "system-status.reachability": (one, call) => checks(one, call.now).reachability,
  "system-status.status": (one, call) => checks(one, call.now).status,
}

/** The two status checks need some minutes after the start before they say anything. */
const checkTime = seconds(120)

const checks = (one: InstanceRecord, now: number) => {
  if (stateAt(one.states, now) !== "running") return { status: "not-applicable", reachability: undefined } as const
  const since = one.states.at(-1)?.[0] ?? 0
  return now < since + checkTime
    ? ({ status: "initializing", reachability: "initializing" } as const)
    : ({ status: "ok", reachability: "passed" } as const)
}

const statusView = (one: InstanceRecord, now: number): ec2.InstanceStatus => {
  const { status, reachability } = checks(one, now)
  const summary: ec2.InstanceStatusSummary = {
    Status: status,
    Details: reachability && [{ Name: "reachability", Status: reachability }],
  }
  return {
    InstanceId: one.id,
    AvailabilityZone: one.zone,
    InstanceState: stateView(stateAt(one.states, now)),
    InstanceStatus: summary,
    SystemStatus: summary,
  }
}
