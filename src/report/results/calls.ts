/** The calls that the sandbox was asked. */
export interface CallsResult {
  readonly type: "calls"
  readonly calls: readonly SandboxCall[]
}

export interface SandboxCall {
  readonly service: string
  readonly operation: string
  /** Simulated time, in milliseconds. */
  readonly at: number
  readonly milliseconds: number
  readonly status: number
  readonly code?: string
  readonly fault?: string
  readonly bug?: string
  readonly input: unknown
  /** The instance on which it was asked. */
  readonly by?: string
}
