import type { Call } from "../service.ts"
import type { Table } from "../store.ts"

/** What a service keeps per region: one region's things don't exist in another. */
export const regional = <R extends object>(call: Call, table: string): Table<R> =>
  call.store.table<R>(`${table}@${call.region}`)
