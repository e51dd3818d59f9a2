export interface KeyRow {
  readonly name: string
  readonly keyType: string
  /** As EC2 shows it. */
  readonly fingerprint: string
  readonly made: string | undefined
  /** Whose it is, in words. */
  readonly of: string
  /** The public half on this machine; nothing where it is not here. */
  readonly file: string | undefined
  /** The instances that were made with it. */
  readonly usedBy: readonly string[]
}

/** The key pairs that EC2 knows. */
export interface KeysResult {
  readonly type: "keys"
  readonly account: string
  readonly region: string
  readonly rows: readonly KeyRow[]
  readonly next: readonly string[]
}
