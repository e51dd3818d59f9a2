import {
  DeleteDashboardsCommand,
  GetDashboardCommand,
  PutDashboardCommand,
  paginateListDashboards,
} from "@aws-sdk/client-cloudwatch"
import { dashboardArn, onAnything } from "../aws/allow.ts"
import { stepsOf } from "../aws/cloudwatch/series.ts"
import { type Chart, widgetsOf } from "../aws/cloudwatch/widgets.ts"
import { flatName, flatPrefix, identityIn } from "../aws/names.ts"
import { everyItem } from "../aws/pages.ts"
import { type CloudKind, step } from "../aws/step.ts"
import { birthTags } from "../aws/tags.ts"
import type { Scope } from "../engine/types.ts"

/** One page of charts. */
export interface Dashboard {
  readonly dashboardName: string
  readonly widgets: readonly object[]
}

export interface DashboardWish {
  readonly scope: Scope
  readonly name: string
  readonly region: string
  readonly charts: readonly Chart[]
}

export const dashboard = ({ scope, name, region, charts }: DashboardWish) => {
  const dashboardName = flatName(scope, name)
  const shown = stepsOf(charts.flatMap(({ lines }) => lines.map(({ series }) => series)))
  const widgets = (lives: readonly object[]) => widgetsOf(charts, region, shown, lives)
  const body = (lives: readonly object[]) => JSON.stringify({ widgets: widgets(lives) })
  return step({
    kind: dashboardKind,
    name,
    scope,
    needs: { shown },
    started: ["shown"],
    spec: { dashboardName },
    links: ({ shown: lives }) => ({ widgets: widgets(lives) }),
    async create(ctx, { shown: lives }, birth) {
      const Tags = birthTags(birth)
      await ctx.cloudwatch.send(
        new PutDashboardCommand({ DashboardName: dashboardName, DashboardBody: body(lives), Tags }),
      )
    },
    async update(ctx, _, __, { shown: lives }) {
      await ctx.cloudwatch.send(new PutDashboardCommand({ DashboardName: dashboardName, DashboardBody: body(lives) }))
    },
  })
}

export const dashboardKind: CloudKind<Dashboard> = {
  name: "dashboard",
  unique: "name",
  async list(ctx, scopes) {
    const pages = paginateListDashboards({ client: ctx.cloudwatch }, { DashboardNamePrefix: flatPrefix })
    const entries = await everyItem(pages, (page) => page.DashboardEntries)
    return entries.flatMap(({ DashboardName: dashboardName = "" }) => {
      const identity = identityIn(scopes, dashboardName)
      const live = { dashboardName, widgets: [] }
      return identity ? [{ ...identity, live, owner: "ours", phase: "ready" } as const] : []
    })
  },
  async complete(ctx, found) {
    const { dashboardName } = found.live
    const { DashboardBody } = await ctx.cloudwatch.send(new GetDashboardCommand({ DashboardName: dashboardName }))
    return { ...found, live: { dashboardName, widgets: widgetsIn(DashboardBody) } }
  },
  completes: 1,
  async destroy(ctx, { dashboardName }) {
    await ctx.cloudwatch.send(new DeleteDashboardsCommand({ DashboardNames: [dashboardName] }))
    return undefined
  },
  fixed: ["dashboardName"],
  blank: { dashboardName: "", widgets: [] },
  allow: [
    onAnything("cloudwatch:ListDashboards"),
    {
      action: [
        "cloudwatch:PutDashboard",
        "cloudwatch:TagResource",
        "cloudwatch:GetDashboard",
        "cloudwatch:DeleteDashboards",
      ],
      resource: dashboardArn,
    },
  ],
  price: () => [{ sku: "cloudwatch/dashboard", units: 1 }],
  usually: { create: 2, update: 2, destroy: 1 },
}

/** What somebody made of it may be anything. */
function widgetsIn(body = "{}"): readonly object[] {
  const { widgets } = JSON.parse(body) as { readonly widgets?: unknown }
  return Array.isArray(widgets) ? widgets : []
}
