import type { AnyStep } from "../../engine/types.ts"
import { dimensionsOf, type Series } from "./series.ts"

/** Lines over time, in one frame. */
export interface Chart {
  readonly title: string
  readonly lines: readonly Line[]
}

export interface Line {
  readonly series: Series
  readonly statistic: string
  readonly label: string
}

/** Two frames in a row, each half of a page's 24 columns wide. */
export function widgetsOf(
  charts: readonly Chart[],
  region: string,
  steps: readonly AnyStep[],
  lives: readonly object[],
): readonly object[] {
  return charts.map(({ title, lines }, index) => ({
    type: "metric",
    x: (index % 2) * 12,
    y: Math.floor(index / 2) * 6,
    width: 12,
    height: 6,
    properties: {
      title,
      region,
      view: "timeSeries",
      stacked: false,
      period: 300,
      metrics: lines.map(({ series, statistic, label }) => [
        series.namespace,
        series.metric,
        ...Object.entries(dimensionsOf(series, steps, lives)).flat(),
        { stat: statistic, label },
      ]),
    },
  }))
}
