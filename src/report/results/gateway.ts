import type { Place } from "../place.ts"

/** A gateway to the broker on one node. */
export interface GatewayRow {
  readonly gateway: "live" | "paper"
  readonly node: string
  /** As Docker calls it; `none` where there is no container. */
  readonly state: string
  /** Whether it takes no orders. */
  readonly readOnly: "yes" | "no" | "unknown"
  /** That it is logged in to; empty where it is not. */
  readonly account: string
  /** Of its screen, on the node's own loopback. */
  readonly screen: number | undefined
}

export interface GatewaysResult extends Place {
  readonly type: "gateways"
  readonly rows: readonly GatewayRow[]
  /** When the broker next makes every login invalid, in Eastern time. */
  readonly nextLogin: string
  readonly next: readonly string[]
}
