import type * as CloudWatch from "@aws-sdk/client-cloudwatch"
import { type Call, handlers, Refusal } from "../../service.ts"
import { pageByName } from "../pages.ts"
import { wholeTags } from "../tags.ts"
import { notServed, refuseUnserved } from "../unserved.ts"
import { alarmOf } from "./alarm-wish.ts"
import { stateOf } from "./evaluate.ts"
import { type AlarmRecord, alarmArn, alarms } from "./records.ts"
import { withTags } from "./tags.ts"

export const alarmHandlers = handlers<typeof CloudWatch>()({
  /** One that is there is overwritten as a whole, but for its tags. */
  PutMetricAlarm: (input, call) => {
    const there = alarms(call).get(input.AlarmName ?? "")
    if (!there && alarms(call).all().length >= call.quota("Alarms", 5000))
      throw new Refusal("LimitExceededFault", "You have reached the number of alarms for this account.")
    const Tags = there?.Tags ?? withTags([], wholeTags(input.Tags))
    const wish = alarmOf(input)
    alarms(call).put(wish.name, { ...wish, arn: alarmArn(call, wish.name), changed: call.now, Tags })
    return {}
  },

  DescribeAlarms: (input, call) => {
    refuseUnserved(input, ["ChildrenOfAlarmName", "ParentsOfAlarmName"])
    const { AlarmNames, AlarmNamePrefix = "", AlarmTypes = ["MetricAlarm"], StateValue, ActionPrefix = "" } = input
    if (AlarmNames && AlarmNamePrefix)
      throw new Refusal("InvalidParameterCombinationException", "AlarmNamePrefix and AlarmNames cannot both be given")
    const found = AlarmTypes.includes("MetricAlarm") ? alarms(call).all() : []
    const meant = found
      .filter(({ name }) => name.startsWith(AlarmNamePrefix) && (AlarmNames?.includes(name) ?? true))
      .filter(({ onAlarm }) => !ActionPrefix || onAlarm.some((action) => action.startsWith(ActionPrefix)))
      .filter((alarm) => !StateValue || stateOf(call, alarm).value === StateValue)
    const refuse = (token: string) => new Refusal("InvalidNextToken", `The token ${token} is invalid.`)
    const wish = { size: input.MaxRecords ?? 50, token: input.NextToken, refuse }
    const { items, next } = pageByName(meant, ({ name }) => name, wish)
    return {
      MetricAlarms: items.map((alarm) => view(call, alarm)),
      CompositeAlarms: [],
      ...(next !== undefined && { NextToken: next }),
    }
  },

  DeleteAlarms: (input, call) => {
    const names = input.AlarmNames ?? []
    const lost = names.filter((name) => !alarms(call).has(name))
    if (lost.length > 0) throw noSuch("alarm", lost.join(", "))
    for (const name of names) alarms(call).delete(name)
    return {}
  },

  EnableAlarmActions: (input, call) => switchActions(call, input.AlarmNames, true),
  DisableAlarmActions: (input, call) => switchActions(call, input.AlarmNames, false),

  SetAlarmState: (input, call) => {
    const alarm = alarms(call).get(input.AlarmName ?? "")
    if (!alarm) throw noSuch("alarm", input.AlarmName ?? "")
    if (!input.StateValue) throw notServed("SetAlarmState without a state")
    const forced = { state: input.StateValue, reason: input.StateReason ?? "", at: call.now }
    alarms(call).put(alarm.name, { ...alarm, forced })
    return {}
  },
})

const noSuch = (what: string, name: string): Refusal =>
  new Refusal("ResourceNotFound", `The ${what} ${name} does not exist.`)

const switchActions = (call: Call, names: readonly string[] = [], enabled: boolean): object => {
  for (const name of names) {
    const alarm = alarms(call).get(name)
    if (alarm) alarms(call).put(name, { ...alarm, enabled })
  }
  return {}
}

const view = (call: Call, alarm: AlarmRecord): CloudWatch.MetricAlarm => {
  const { value, reason, since } = stateOf(call, alarm)
  return {
    AlarmName: alarm.name,
    AlarmArn: alarm.arn,
    AlarmDescription: alarm.description,
    AlarmConfigurationUpdatedTimestamp: new Date(alarm.changed),
    ActionsEnabled: alarm.enabled,
    OKActions: [...alarm.onOk],
    AlarmActions: [...alarm.onAlarm],
    InsufficientDataActions: [...alarm.onNothing],
    StateValue: value,
    StateReason: reason,
    StateUpdatedTimestamp: new Date(since),
    ...(alarm.queries ? { Dimensions: [], Metrics: structuredClone([...alarm.queries]) } : measured(alarm)),
    EvaluationPeriods: alarm.periods,
    DatapointsToAlarm: alarm.datapoints,
    Threshold: alarm.threshold,
    ComparisonOperator: alarm.comparison,
    TreatMissingData: alarm.missing,
  }
}

const measured = (alarm: AlarmRecord): Partial<CloudWatch.MetricAlarm> => ({
  Namespace: alarm.namespace,
  MetricName: alarm.metric,
  Dimensions: alarm.dimensions.map((one) => ({ ...one })),
  Statistic: alarm.statistic,
  ExtendedStatistic: alarm.extended,
  Unit: alarm.unit,
  Period: alarm.period,
})
