/** A request as it arrived: nothing in it is trusted yet. */
export interface Arrived {
  readonly method: string
  /** As sent: still percent-encoded, without the query. */
  readonly path: string
  readonly search: string
  readonly query: URLSearchParams
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>
  /** Every header line with its name in lower case, in order: what a signature is made of. */
  readonly lines: readonly (readonly [string, string])[]
  /** What the client means to send, with chunks and compression undone. */
  readonly body: Uint8Array
  /** What came over the wire: what a signature covers. */
  readonly raw: Uint8Array
}

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array
}
