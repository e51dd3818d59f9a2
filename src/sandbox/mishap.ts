import type { FaultName, Faults } from "./faults.ts"
import { internal, throttled } from "./refusals.ts"
import type { Refusal } from "./service.ts"
import { unsigned } from "./unsigned.ts"
import type { Protocol } from "./wire/dialect.ts"

/** What a fault does to one request. A mishap that is no refusal ends the connection, or leaves it without an answer. */
export interface Mishap {
  readonly fault: FaultName
  readonly does: "cut" | "silence" | Refusal
}

/** A fault that keeps the request from having its effect. */
export function mishapBefore(faults: Faults, target: string, protocol: Protocol): Mishap | undefined {
  return first(faults, target, [
    ["expired", () => unsigned(protocol, "expired")],
    ["throttle", () => throttled(protocol)],
    ["error500", () => internal(protocol, "an internal error has occurred")],
    ["reset", () => "cut"],
    ["hang", () => "silence"],
  ])
}

/** A fault that keeps the client from hearing of an effect. */
export function mishapAfter(faults: Faults, target: string, protocol: Protocol): Mishap | undefined {
  return first(faults, target, [
    ["lost", () => "cut"],
    ["error500-after", () => internal(protocol, "an internal error has occurred")],
  ])
}

function first(
  faults: Faults,
  target: string,
  candidates: readonly (readonly [FaultName, () => Mishap["does"]])[],
): Mishap | undefined {
  const found = candidates.find(([name]) => faults.take(name, target) !== undefined)
  return found && { fault: found[0], does: found[1]() }
}
