/** Where the results come from; every one of them carries it. */
export interface Place {
  readonly environment: string
  readonly account: string
  readonly region: string
}
