import type { Finding, Leftover, Observation } from "./observation.ts"
import { refOf } from "./perform.ts"
import type { PlanAction, PlanRow } from "./plan.ts"
import type { PriceRow } from "./types.ts"

/** An observation as a plan: what a run would do about each thing, and what it costs. */
export function planRows({ findings, leftovers }: Observation, prune = false): readonly PlanRow[] {
  return [...findings.map(rowOf), ...leftovers.map((leftover) => leftoverRow(leftover, prune))]
}

function rowOf({ step, state, found, expected, changes, untold, cause, because }: Finding): PlanRow {
  return {
    step: refOf(step),
    action: actionFor[state],
    changes,
    holdsData: step.kind.holdsData ?? false,
    fields: { ...expected },
    prices: pricesOf(step.kind, expected),
    pricesNow: found && found.owner === "ours" ? pricesOf(step.kind, found.live) : [],
    usual: state === "missing" || state === "replace" ? step.kind.usually.create : (step.kind.usually.update ?? 2),
    ...(untold.length > 0 && state !== "same" && { untold }),
    ...(step.kind.inWords && { words: step.kind.inWords(changes) }),
    ...(cause && { cause }),
    ...(because !== undefined && { because }),
    ...(found && { phase: found.phase, live: { ...found.live } }),
  }
}

/** Why a run that prunes leaves it all the same, in words with its price. */
export const whyKept = ({ kind, listed }: Leftover): string | undefined =>
  listed.owner === "ours" ? kind.stays?.(listed.live, { purge: false }) : undefined

function leftoverRow(leftover: Leftover, pruning: boolean): PlanRow {
  const { kind, listed } = leftover
  const kept = whyKept(leftover)
  const prune = pruning && kept === undefined
  const adopted = listed.owner === "adopted"
  const prices = adopted ? [] : pricesOf(kind, listed.live)
  return {
    step: refOf({ kind, name: listed.name, scope: listed.scope }),
    action: prune ? "destroy" : "leftover",
    cause: "pending",
    changes: [],
    because: [
      "it is no longer wished",
      ...(prune && adopted ? ["it was there before, so it stays"] : []),
      ...(kept === undefined ? [] : [kept]),
    ].join("; "),
    ...(adopted && !prune && { pruning: "lets go of it" as const }),
    ...(kept !== undefined && { pruning: "leaves it" as const }),
    phase: listed.phase,
    holdsData: !adopted && (kind.holdsData ?? false),
    fields: { ...listed.live },
    live: { ...listed.live },
    prices: prune ? [] : prices,
    pricesNow: prices,
    usual: kind.usually.destroy ?? 5,
  }
}

const actionFor = {
  missing: "create",
  same: "same",
  differs: "update",
  replace: "replace",
  adopt: "adopt",
  blocked: "blocked",
} as const satisfies Record<Finding["state"], PlanAction>

const pricesOf = (kind: Finding["step"]["kind"], live: object): readonly PriceRow[] => kind.price?.(live) ?? []
