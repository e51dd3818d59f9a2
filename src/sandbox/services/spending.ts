import type { Call } from "../service.ts"

/**
 * What this month has cost so far. Nothing here costs anything, so it is nothing, until the fault `quota` of this name
 * says otherwise.
 */
export const spentUsd = (call: Call): number => call.quota("spent-usd", 0)
