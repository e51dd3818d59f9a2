export interface AppFinding {
  readonly system: string
  readonly service?: string
  readonly what: string
  /** Whether smart0dte takes care of it; otherwise somebody must. */
  readonly handled: boolean
  readonly text: string
}

/** The applications, as a node would run them. */
export interface AppsResult {
  readonly type: "apps"
  /** The ports that are published on the node's address, by service. */
  readonly systems: readonly { readonly system: string; readonly ports: Readonly<Record<string, number>> }[]
  readonly findings: readonly AppFinding[]
}
