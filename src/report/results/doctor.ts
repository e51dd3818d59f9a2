/** "advice" could be better, and stops nothing; "unknown" could not be looked at. */
export type CheckState = "ok" | "failed" | "advice" | "unknown"

export interface DoctorCheck {
  readonly name: string
  readonly state: CheckState
  readonly text: string
  /** What to do about it. */
  readonly fix?: string | undefined
}

/** Whether a deploy could go well, before one is tried. */
export interface DoctorResult {
  readonly type: "doctor"
  readonly checks: readonly DoctorCheck[]
  /** Actions of IAM that nobody allows, and the policy that would. */
  readonly missing: readonly string[]
  readonly policy: object | undefined
  readonly next: readonly string[]
}
