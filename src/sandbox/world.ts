import { join } from "node:path"
import { type Bell, startBell } from "./bell.ts"
import { type Clock, SAVE_EVERY, startClock } from "./clock.ts"
import { type Enforcement, startEnforcement } from "./enforcement.ts"
import { type Faults, startFaults } from "./faults.ts"
import { type Keyring, startKeyring } from "./keyring.ts"
import type { MachineState } from "./machines/machines.ts"
import type { Service } from "./service.ts"
import type { Keys } from "./sigv4.ts"
import { loadState, type Saved, saveState } from "./state-file.ts"
import { openStore, type Store } from "./store.ts"
import { startThrottle, type Throttle } from "./throttle.ts"
import { startTrace, type Trace } from "./trace.ts"
import { type Dialect, dialectOf } from "./wire/dialect.ts"

export interface WorldOptions {
  readonly services: readonly Service[]
  /** Where state and trace are kept; without it they are in memory only. */
  readonly dir?: string
  /** In place of what `dir` keeps. */
  readonly saved?: Saved | undefined
  readonly speed: number
  /** For a new state; one that is loaded keeps its own. */
  readonly account: string
  readonly region: string
  readonly keys: Keys
}

export interface Served {
  readonly service: Service
  readonly dialect: Dialect
}

/** Everything behind the wire. */
export interface World {
  readonly services: ReadonlyMap<string, Served>
  readonly store: Store
  readonly clock: Clock
  readonly region: string
  readonly speed: number
  readonly keys: Keys
  readonly keyring: Keyring
  readonly enforcement: Enforcement
  readonly faults: Faults
  readonly throttle: Throttle
  readonly trace: Trace
  /** The instances that are up; whoever lets them live says so. */
  machines(): readonly MachineState[]
  showMachines(list: () => readonly MachineState[]): void
  /** Rings when records or the clock were changed. */
  readonly bell: Bell
  /** Writes the state down. */
  save(): void
  /** Does so if it was not done for a while, so that the clock's time is not lost. */
  saveTime(): void
}

export function openWorld(options: WorldOptions): World {
  const file = options.dir === undefined ? undefined : join(options.dir, "state.json")
  const saved = options.saved ?? (file === undefined ? undefined : loadState(file))
  const store = openStore(saved?.contents ?? { account: options.account, sequence: 0, tables: new Map() })
  const clock = startClock(options.speed, saved?.time)
  const enforcement = startEnforcement(saved?.enforced)
  let machines: () => readonly MachineState[] = () => []
  let savedAt = Number.NEGATIVE_INFINITY
  const save = () => {
    const time = clock.moment()
    if (file !== undefined) saveState(file, { contents: store.contents(), time, enforced: enforcement.on })
    savedAt = time.wall
  }
  return {
    services: new Map(options.services.map((service) => [service.signingName, known(service)])),
    store,
    clock,
    region: options.region,
    speed: options.speed,
    keys: options.keys,
    keyring: startKeyring(),
    bell: startBell(),
    machines: () => machines(),
    showMachines: (list) => {
      machines = list
    },
    enforcement,
    faults: startFaults(),
    throttle: startThrottle(),
    trace: startTrace(options.dir === undefined ? undefined : join(options.dir, "trace.jsonl")),
    save,
    saveTime: () => {
      if (clock.moment().wall - savedAt >= SAVE_EVERY) save()
    },
  }
}

const known = (service: Service): Served => ({ service, dialect: dialectOf(service.signingName, service.schemas) })
