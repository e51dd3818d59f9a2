import type { PlanRow } from "../engine/plan.ts"

/** Who will be told of alarms, where that is nobody, or nobody yet. */
export function watchNotes(rows: readonly PlanRow[]): readonly string[] {
  const kept = rows.filter(({ action }) => action !== "leftover" && action !== "destroy")
  if (!kept.some(({ step }) => step.kind === "topic")) return []
  const told = kept.filter(({ step }) => step.kind === "subscription")
  if (told.length === 0)
    return ["nobody is told of alarms: --email, --sms or --webhook say who is, or email: in smart0dte.yaml"]
  const asked = told.filter(({ action, fields }) => action === "create" && fields.protocol !== "sms")
  const waiting = told.flatMap((row) => waitingNote(row) ?? [])
  return [
    ...(asked.length > 0 ? [`AWS will ask ${addresses(asked)} to confirm; until then nothing is told there`] : []),
    ...waiting.map((note) => `alarms: ${note}`),
  ]
}

/** Of one subscription that is there, and that nobody has confirmed. */
export function waitingNote({ step, action, phase, fields }: PlanRow): string | undefined {
  if (step.kind !== "subscription" || action === "create" || phase === undefined || fields.confirmed !== false)
    return undefined
  return `${fields.endpoint} has not confirmed yet, and is told nothing until then: see the message from AWS there`
}

const addresses = (rows: readonly PlanRow[]) => rows.map(({ fields }) => String(fields.endpoint)).join(", ")
