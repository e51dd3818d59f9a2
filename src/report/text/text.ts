import type { SandboxCall } from "../results/calls.ts"
import type { FactsResult, Result } from "../results.ts"
import { appliedLines } from "./applied.ts"
import { appLines } from "./apps.ts"
import { backupLines } from "./backups.ts"
import { billingLines } from "./billing.ts"
import { containerLines } from "./containers.ts"
import { costLines } from "./cost.ts"
import { doctorLines } from "./doctor.ts"
import { driftLines } from "./drift.ts"
import { pad, widthOf, wrap } from "./fit.ts"
import { gatewayLines } from "./gateways.ts"
import { keyLines } from "./keys.ts"
import { liveLines } from "./live.ts"
import { nextLines } from "./next.ts"
import { outputLines } from "./outputs.ts"
import { heading, mark, type Page } from "./page.ts"
import { planLines } from "./plan.ts"
import { logLines, printedLines } from "./printed.ts"
import { secretLines } from "./secrets.ts"
import { statusLines } from "./status.ts"
import { tradingLines } from "./trading.ts"
import { revokedLines, userLines } from "./users.ts"
import { showValue } from "./value.ts"

export function textLines(result: Result, page: Page): readonly string[] {
  switch (result.type) {
    case "plan":
      return planLines(result, page)
    case "status":
      return statusLines(result, page)
    case "outputs":
      return outputLines(result, page)
    case "output":
      return [result.value]
    case "cost":
      return costLines(result, page)
    case "drift":
      return driftLines(result, page)
    case "applied":
      return appliedLines(result, page)
    case "apps":
      return appLines(result, page)
    case "doctor":
      return doctorLines(result, page)
    case "backups":
      return backupLines(result, page)
    case "billing":
      return billingLines(result, page)
    case "secrets":
      return secretLines(result, page)
    case "keys":
      return keyLines(result, page)
    case "users":
      return userLines(result, page)
    case "revoked":
      return revokedLines(result, page)
    case "live-checks":
    case "live-screen":
    case "live-phase":
    case "switched":
      return liveLines(result, page)
    case "halted":
    case "resumed":
    case "modes":
    case "history":
      return tradingLines(result, page)
    case "gateways":
      return gatewayLines(result, page)
    case "containers":
      return containerLines(result, page)
    case "printed":
      return printedLines(result, page)
    case "log":
      return logLines(result, page)
    case "facts":
      return factLines(result, page)
    case "calls":
      return result.calls.flatMap((call) => callLines(call, page))
    case "script":
      return [result.text]
  }
}

function factLines({ about, facts, next }: FactsResult, page: Page): readonly string[] {
  const column = Math.max(0, ...Object.keys(facts).map(widthOf))
  return [
    ...heading(page, about),
    ...Object.entries(facts).flatMap(([name, value]) => wrap(`${pad(name, column)}  ${value}`, page.width, 2)),
    ...nextLines(next, page),
  ]
}

function callLines(
  { service, operation, at, milliseconds, status, code, fault, bug, by, input }: SandboxCall,
  page: Page,
) {
  const time = new Date(at).toISOString().slice(11, 23)
  const trouble = [code, fault === undefined ? undefined : `fault ${fault}`, bug].filter((one) => one !== undefined)
  const told = `${time} ${service}:${operation} ${[status, ...trouble].join(" ")} ${milliseconds} ms${by === undefined ? "" : ` by ${by}`}`
  return [...wrap(`${mark(page)}${told}`, page.width), ...wrap(page.paint.dim(showValue(input)), page.width, 6)]
}
