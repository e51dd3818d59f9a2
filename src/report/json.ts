import type { StepEvent } from "../engine/events.ts"
import { tradingJson } from "./json-trading.ts"
import type { Result } from "./results.ts"

/** Grows when a line changes its meaning; new fields alone leave it as it is. */
export const schema = "smart0dte/1"

export type JsonLine = Readonly<Record<string, unknown>>

/** A result as lines of their own: readers take them one by one, and a plan ends with its summary. */
export function jsonLines(result: Result): readonly JsonLine[] {
  switch (result.type) {
    case "plan": {
      const { rows, summary, notPriced, notIncluded, notes, type: _, command, ...place } = result
      return [
        ...rows.map(({ step, live: _live, prices: _new, pricesNow: _now, usual: _usual, ...row }) => ({
          type: "row",
          ...place,
          ...namesOf(step),
          ...row,
        })),
        { type: "summary", ...place, command, ...summary, notPriced, notIncluded, notes },
      ]
    }
    case "status": {
      const { systems, rows, outputs, monthlyUsd, next, type: _, ...place } = result
      return [
        ...systems.map((system) => ({ type: "system", ...place, ...system })),
        ...rows.map((row) => ({ type: "step", ...place, ...row })),
        { type: "summary", ...place, outputs, monthlyUsd, next },
      ]
    }
    case "drift": {
      const { rows, pending, next, type: _, ...place } = result
      return [
        ...rows.map(({ step, changes, because }) => ({ type: "drift", ...place, ...namesOf(step), changes, because })),
        { type: "summary", ...place, drifted: rows.length, pending, next },
      ]
    }
    case "apps": {
      const { systems, findings } = result
      const problems = findings.filter(({ handled }) => !handled).length
      return [
        ...systems.map((one) => ({ type: "app", ...one })),
        ...findings.map((finding) => ({ type: "finding", ...finding })),
        { type: "summary", problems, handled: findings.length - problems },
      ]
    }
    case "doctor": {
      const { checks, type: _, ...rest } = result
      const failed = checks.filter(({ state }) => state === "failed").length
      return [...checks.map((check) => ({ type: "check", ...check })), { type: "summary", failed, ...rest }]
    }
    case "backups": {
      const { rows, failed, next, type: _, ...place } = result
      const atMostUsd = Math.round(rows.reduce((sum, row) => sum + row.atMostUsd, 0) * 100) / 100
      return [
        ...rows.map((row) => ({ type: "backup", ...place, ...row })),
        { type: "summary", ...place, backups: rows.length, atMostUsd, failed, next },
      ]
    }
    case "secrets": {
      const { rows, next, type: _, ...place } = result
      const unset = rows.filter(({ set }) => !set).length
      return [
        ...rows.map((row) => ({ type: "secret", ...place, ...row })),
        { type: "summary", ...place, secrets: rows.length, unset, next },
      ]
    }
    case "keys": {
      const { rows, next, type: _, ...place } = result
      return [
        ...rows.map((row) => ({ type: "key", ...place, ...row })),
        { type: "summary", ...place, keys: rows.length, next },
      ]
    }
    case "users": {
      const { rows, account, next } = result
      return [
        ...rows.map((row) => ({ type: "user", account, ...row })),
        { type: "summary", account, users: rows.length, next },
      ]
    }
    case "revoked": {
      const { deeds, type: _, ...rest } = result
      const { account, region, user } = rest
      return [
        ...deeds.map((deed) => ({ type: "deed", account, region, user, ...deed })),
        { type: "summary", ...rest, deeds: deeds.length },
      ]
    }
    case "cost": {
      const { rows, type: _, ...summary } = result
      const { environment, account, region } = summary
      return [
        ...rows.map((row) => ({ type: "cost", environment, account, region, ...row })),
        { type: "summary", ...summary },
      ]
    }
    case "halted":
    case "resumed":
    case "modes":
    case "history":
      return tradingJson(result)
    case "containers": {
      const { rows, type: _, ...place } = result
      return rows.map((row) => ({ type: "container", ...place, ...row }))
    }
    case "gateways": {
      const { rows, type: _, ...place } = result
      const { next, nextLogin, ...where } = place
      return [
        ...rows.map((row) => ({ type: "gateway", ...where, ...row })),
        { type: "summary", ...where, nextLogin, next },
      ]
    }
    case "log": {
      const { lines, together: _both, type: _, ...place } = result
      return lines.map((line) => ({ type: "line", ...place, ...line }))
    }
    case "calls":
      return result.calls.map((call) => ({ type: "call", ...call }))
    default:
      return [{ ...result }]
  }
}

export function jsonEvent(event: StepEvent): JsonLine {
  if (event.type === "run")
    return { type: "run", steps: event.actions.length, secondsLeft: Math.round(event.secondsLeft) }
  const { step, type: _, ...rest } = event
  const told = "error" in rest ? { ...rest, error: messageOf(rest.error) } : rest
  return { type: "event", ...namesOf(step), ...told }
}

const namesOf = ({ key, kind, name, scope }: { key: string; kind: string; name: string; scope: string }) => ({
  step: key,
  kind,
  name,
  scope,
})

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
