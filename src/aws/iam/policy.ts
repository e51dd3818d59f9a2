/** What may be done: a document of IAM, or of the resource that it guards. */
export interface Policy {
  readonly Version: string
  readonly Statement: readonly object[]
}
