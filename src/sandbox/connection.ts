/** How to reach a running sandbox, and with which keys. Whoever has it may do everything in it. */
export interface Connection {
  readonly url: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly region: string
  readonly account: string
  /** How many simulated seconds pass in one of the wall clock. */
  readonly speed: number
  /** Simulated time when it was last asked, in milliseconds. */
  readonly now?: number
  /** Opens the paths under `/_sandbox/`. */
  readonly token: string
  readonly pid: number
  readonly dir: string
  /** Whether machines that it starts have the operator's own Docker. */
  readonly docker?: boolean
}

export const ADMIN_PATH = "/_sandbox/"
export const TOKEN_HEADER = "x-sandbox-token"
