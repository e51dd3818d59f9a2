import type { Place } from "../place.ts"

/** A service of a system as it is on its node. */
export interface ContainerRow {
  readonly service: string
  /** As Docker calls it: `running`, `exited` and so on; `none` where there is no container. */
  readonly state: string
  readonly health: "healthy" | "unhealthy" | "unknown"
  /** Published ones: `10.20.1.6:8000:8000` is address, port of the node, port of the container. */
  readonly ports: readonly string[]
}

export interface ContainersResult extends Place {
  readonly type: "containers"
  readonly node: string
  readonly system: string
  readonly rows: readonly ContainerRow[]
}

/** What a node printed, as it did. */
export interface PrintedResult extends Place {
  readonly type: "printed"
  readonly node: string
  readonly system: string
  readonly lines: readonly string[]
}

export interface LogLine {
  readonly system: string
  readonly service: string
  /** As the container's own engine noted it; empty where it noted none. */
  readonly time: string
  readonly text: string
}

export interface LogResult extends Place {
  readonly type: "log"
  readonly node: string
  /** Of both systems: then each line says of which it is. */
  readonly together: boolean
  readonly lines: readonly LogLine[]
}
