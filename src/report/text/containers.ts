import type { ContainerRow, ContainersResult } from "../results/node.ts"
import { pad, widthOf, wrap } from "./fit.ts"
import { heading, type Page } from "./page.ts"
import { escapeControls } from "./value.ts"

export function containerLines({ system, node, rows }: ContainersResult, page: Page): readonly string[] {
  const shown = rows.map((row) => ({ ...row, service: escapeControls(row.service), state: escapeControls(row.state) }))
  const service = widest(shown.map((row) => row.service))
  const state = widest(shown.map((row) => row.state))
  return [
    ...heading(page, `${system} on node ${node}`),
    ...shown.flatMap((row) => {
      const ports = row.ports.map(escapeControls).join(", ")
      const left = `  ${pad(row.service, service)}  ${pad(row.state, state)}  `
      const plain = `${left}${pad(row.health, "unhealthy".length)}`
      const fits = widthOf(plain) + 2 + widthOf(ports) <= page.width
      const health = paintOf(row, page)(fits && ports !== "" ? pad(row.health, "unhealthy".length) : row.health)
      if (fits) return [`${left}${health}  ${ports}`.trimEnd()]
      return [...wrap(`${row.service}  ${row.state}  ${health}`, page.width, 2), ...portLines(ports, page)]
    }),
  ]
}

const portLines = (ports: string, page: Page) => (ports === "" ? [] : wrap(ports, page.width, 6))

const paintOf = ({ health }: ContainerRow, { paint }: Page) =>
  ({ healthy: paint.green, unhealthy: paint.red, unknown: paint.yellow })[health]

const widest = (texts: readonly string[]) => Math.max(0, ...texts.map(widthOf))
