/** What a node says of one system, taken from the containers that run. Each is a text, as its script prints it. */
export interface NodeSaid {
  readonly node: string
  readonly system: string
  /** Seconds that its clock differs from the time server. */
  readonly clock: string
  /** Of the record that it read itself; empty where it could not. */
  readonly epoch: string
  /** `live/active`, `testing/halted`, or `unreadable: why`. */
  readonly record: string
  /** By the environment of the trading services: a mode, `none` where none runs, `mixed`. */
  readonly mode: string
  /** `active` where a trading service runs, `kept` where it runs after its own command has halted it; else `stopped`. */
  readonly trading: string
  /** `yes` while halted on the node, whatever the record says. */
  readonly latch: string
  /** `halt`, `clear`, or `unknown` where it could not be read. */
  readonly marker: string
  /** Whether the record names this node. */
  readonly trader: string
  /** The gateway containers that exist: `live`, `paper`, `live paper`, or empty. */
  readonly gateways: string
  /** Which one's network the trading services are in, or `none`. */
  readonly gateway: string
  /** Whether the gateway takes no orders: `yes`, `no`, or `unknown`. */
  readonly readOnly: string
  /** The broker's account that the gateway of the phase is logged in to; empty where it is not. */
  readonly account: string
  /** Of the images of the version that runs. */
  readonly digest: string
  /** The fingerprint of the setting that it would run with. */
  readonly config: string
  /** `dailyLoss/position/openPositions` by the environment of the trading services, or of the setting where none runs. */
  readonly limits: string
  /** `yes`, or `no: why`, of what is to run. */
  readonly healthy: string
  /** Whether database and cache answer: `yes`, or `no: why`. */
  readonly data: string
  /** Whether this node can read the credentials of the live account: `yes` or `no`. */
  readonly credentials: string
}

const names = [
  ...["node", "system", "clock", "epoch", "record", "mode", "trading", "latch", "marker", "trader", "gateways"],
  ...["gateway", "readOnly", "account", "digest", "config", "limits", "healthy", "data", "credentials"],
] as const satisfies readonly string[]

/** Its last line is what counts: before it stands whatever the work printed. Nothing where that is no report. */
export function saidOf(output: string): NodeSaid | undefined {
  const line = output.trimEnd().split("\n").at(-1) ?? ""
  try {
    const value: unknown = JSON.parse(line)
    if (typeof value !== "object" || value === null) return undefined
    const given: { readonly [name: string]: unknown } = { ...value }
    if (!names.every((name) => typeof given[name] === "string")) return undefined
    // Each of its fields was found to be a text.
    return Object.fromEntries(names.map((name) => [name, given[name]])) as unknown as NodeSaid
  } catch {
    return undefined
  }
}
