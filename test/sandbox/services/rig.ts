import { type Call, type Handler, type OperationOf, Refusal, type Service } from "../../../src/sandbox/service.ts"
import type { Draft, Table } from "../../../src/sandbox/store.ts"

type Input<C, N extends OperationOf<C>> = Parameters<Handler<C, N>>[0]
type Output<C, N extends OperationOf<C>> = ReturnType<Handler<C, N>>

/** `C` is the type of the service's client module. */
export interface Rig<C> {
  /** Performs one operation, on a draft that is kept only when it is not refused. */
  run<N extends OperationOf<C>>(name: N, input: Input<C, N>): Output<C, N>
  /** The refusal that the operation ends with, as "code: message". */
  refused<N extends OperationOf<C>>(name: N, input: Input<C, N>): string
  pass(seconds: number): void
  /** The region that the next operations are sent to. */
  move(region: string): void
  /** Who sends the next ones. */
  be(callerArn: string): void
  put(table: string, id: string, record: object): void
  /** Everything that is kept, as text. */
  contents(): string
  readonly faults: Set<string>
  readonly quotas: Map<string, number>
}

/** A service's handlers on a store in memory, with a clock that stands still until told. */
export const rigOf = <C>(service: Service): Rig<C> => {
  let region = "us-east-1"
  let callerArn = "arn:aws:iam::111122223333:user/tester"
  let kept = new Map<string, ReadonlyMap<string, string>>()
  let now = Date.UTC(2026, 10, 21)
  let count = 0
  const faults = new Set<string>()
  const quotas = new Map<string, number>()
  const callOn = (store: Draft): Call => ({
    store,
    now,
    account: "111122223333",
    region,
    partition: "aws",
    callerArn,
    requestId: "request",
    happened: () => [],
    id: (prefix) => {
      count += 1
      return `${prefix}-0${count.toString(16).padStart(16, "0")}`
    },
    fault: (name) => faults.has(name),
    quota: (name, usual) => quotas.get(name) ?? usual,
  })
  const run = <N extends OperationOf<C>>(name: N, input: Input<C, N>): Output<C, N> => {
    const handler = service.handlers[name]
    if (!handler) throw new Error(`${name} is not served`)
    const draft = draftOf(kept)
    // The table is typed by operation; looking one up by name loses that.
    const answer = handler(input as never, callOn(draft)) as Output<C, N>
    if (service.reads.test(name) && draft.written()) throw new Error(`${name} is a read, and wrote`)
    kept = draft.tables
    return answer
  }
  return {
    run,
    refused: (name, input) => {
      try {
        run(name, input)
      } catch (error) {
        if (error instanceof Refusal) return `${error.code}: ${error.message}`
        throw error
      }
      return "not refused"
    },
    pass: (seconds) => {
      now += seconds * 1000
    },
    move: (to) => {
      region = to
    },
    be: (arn) => {
      callerArn = arn
    },
    put: (table, id, record) => {
      const draft = draftOf(kept)
      draft.table(table).put(id, record)
      kept = draft.tables
    },
    contents: () => JSON.stringify([...kept].map(([table, records]) => [table, [...records]])),
    faults,
    quotas,
  }
}

/** Records go through JSON, as they do on their way to a file; what is read is frozen. */
const draftOf = (base: ReadonlyMap<string, ReadonlyMap<string, string>>) => {
  const tables = new Map([...base].map(([name, records]) => [name, new Map(records)]))
  let writes = 0
  const table = <T extends object>(name: string): Table<T> => {
    const records = tables.get(name) ?? new Map<string, string>()
    tables.set(name, records)
    const read = (text: string): T => freeze(JSON.parse(text))
    return {
      get: (id) => {
        const text = records.get(id)
        return text === undefined ? undefined : read(text)
      },
      has: (id) => records.has(id),
      put: (id, record) => {
        writes += 1
        records.set(id, JSON.stringify(record))
      },
      delete: (id) => {
        writes += 1
        return records.delete(id)
      },
      all: () => [...records.values()].map(read),
      entries: () => [...records].map(([id, text]) => [id, read(text)] as const),
    }
  }
  return { table, tables, written: () => writes > 0 }
}

const freeze = <T>(value: T): T => {
  if (value && typeof value === "object") {
    for (const inner of Object.values(value)) freeze(inner)
    Object.freeze(value)
  }
  return value
}
