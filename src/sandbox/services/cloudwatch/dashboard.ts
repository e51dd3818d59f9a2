import type * as CloudWatch from "@aws-sdk/client-cloudwatch"
import { type Call, handlers, Refusal } from "../../service.ts"
import { pageByName } from "../pages.ts"
import { fieldsOf, policyOf as objectOf } from "../policy-document.ts"
import { wholeTags } from "../tags.ts"
import { badValue, type DashboardRecord, dashboardArn, dashboards } from "./records.ts"
import { withTags } from "./tags.ts"

export const dashboardHandlers = handlers<typeof CloudWatch>()({
  PutDashboard: (input, call) => {
    const [name = "", body = ""] = [input.DashboardName, input.DashboardBody]
    if (!/^[\w-]{1,255}$/.test(name))
      throw badBody(`The dashboard name ${name} has other than letters, digits, - and _`)
    const Messages = problemsOf(body)
    const there = dashboards(call).get(name)
    // A dashboard's tags are given to a new one only.
    const Tags = there?.Tags ?? withTags([], wholeTags(input.Tags))
    dashboards(call).put(name, { name, body, changed: call.now, Tags })
    return { DashboardValidationMessages: Messages.map((Message) => ({ DataPath: "/widgets", Message })) }
  },

  GetDashboard: (input, call) => {
    const { name, body } = found(call, input.DashboardName ?? "")
    return { DashboardArn: dashboardArn(call, name), DashboardName: name, DashboardBody: body }
  },

  ListDashboards: (input, call) => {
    const all = dashboards(call)
      .all()
      .filter(({ name }) => name.startsWith(input.DashboardNamePrefix ?? ""))
    const wish = { size: 1000, token: input.NextToken, refuse: () => badValue("NextToken") }
    const { items, next } = pageByName(all, ({ name }) => name, wish)
    return { DashboardEntries: items.map((one) => view(call, one)), ...(next !== undefined && { NextToken: next }) }
  },

  /** All of them, or where one is not there, none. */
  DeleteDashboards: (input, call) => {
    const names = (input.DashboardNames ?? []).map((name) => found(call, name).name)
    for (const name of names) dashboards(call).delete(name)
    return {}
  },
})

const found = (call: Call, name: string): DashboardRecord => {
  const dashboard = dashboards(call).get(name)
  if (!dashboard) throw new Refusal("DashboardNotFoundError", `Dashboard ${name} does not exist`)
  return dashboard
}

/** A body that is none is refused; one with faults is kept, and they are told. */
const problemsOf = (body: string): readonly string[] => {
  const widgets = objectOf(body)?.widgets
  if (!Array.isArray(widgets)) throw badBody("The field widgets is missing, or the body is not JSON")
  if (widgets.length > 500) throw badBody("A dashboard has at most 500 widgets")
  return widgets.map(fieldsOf).flatMap((widget) => {
    if (!widget || !types.includes(String(widget.type))) return [`Should match one of: ${types.join(", ")}`]
    const properties = fieldsOf(widget.properties)
    if (!properties) return ["Should have required property 'properties'"]
    return widget.type === "metric" && !properties.region ? ["Should have required property 'region'"] : []
  })
}

const types = ["alarm", "custom", "explorer", "log", "metric", "text"]

const badBody = (why: string): Refusal =>
  new Refusal("DashboardInvalidInputError", `The dashboard body is invalid, there are 1 validation errors: ${why}`)

const view = (call: Call, { name, body, changed }: DashboardRecord): CloudWatch.DashboardEntry => ({
  DashboardName: name,
  DashboardArn: dashboardArn(call, name),
  LastModified: new Date(changed),
  Size: Buffer.byteLength(body),
})
