import type { TradingRecord } from "../../../src/aws/trading/record.ts"
import type { LedgerEntry, MarkerSeen, Seen } from "../../../src/nodes/live/world.ts"

/** The state bucket, as far as trading goes, and the credentials of the live account. Each call is one moment. */
export interface Store {
  seen(): Seen
  /** Every record that was ever in force, by its epoch. */
  history(): ReadonlyMap<number, TradingRecord>
  swap(next: TradingRecord, etag: string): boolean
  marker(system: string): MarkerSeen
  mark(system: string): void
  clear(system: string, etag: string | undefined): boolean
  readonly ledger: (LedgerEntry & { readonly run: string })[]
  readonly credentials: { open: boolean }
}

/** Whoever watches over all that is written. */
interface Hears {
  landed(record: TradingRecord): void
  marked(system: string, halted: boolean): void
}

export function startStore(first: TradingRecord, halted: readonly string[], hears: Hears): Store {
  let record = first
  let writes = 0
  const history = new Map([[first.epoch, first]])
  const markers = new Map<string, MarkerSeen>(halted.map((system) => [system, { halted: true, etag: "first" }]))
  const none: MarkerSeen = { halted: false, etag: undefined }
  const markerOf = (system: string) => markers.get(system) ?? none
  const put = (system: string, on: boolean) => {
    hears.marked(system, on)
    writes++
    markers.set(system, { halted: on, etag: `m${writes}` })
  }
  return {
    seen: () => ({ record, etag: `r${record.epoch}${record.run}` }),
    history: () => history,
    swap(next, etag) {
      if (etag !== `r${record.epoch}${record.run}`) return false
      record = next
      history.set(next.epoch, next)
      hears.landed(next)
      return true
    },
    marker: markerOf,
    mark: (system) => put(system, true),
    clear(system, etag) {
      if (markerOf(system).etag !== etag) return false
      put(system, false)
      return true
    },
    ledger: [],
    credentials: { open: false },
  }
}
