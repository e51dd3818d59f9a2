/** What is kept of keys that STS lent. */
export interface SessionRecord {
  readonly AccessKeyId: string
  readonly SecretAccessKey: string
  readonly SessionToken: string
  /** In milliseconds of simulated time, as all that conditions ask for. */
  readonly Issued: number
  /** In milliseconds of the wall clock, by which requests are signed and clients fetch new keys. */
  readonly Expires: number
  readonly Arn: string
  /** `AIDA...` of a user; of a role `AROA...:NAME`, with the session's name. */
  readonly UserId: string
  /** When a second factor was shown, in simulated time. */
  readonly Mfa?: number
  /** By which claims of somebody else's token: `token.actions.githubusercontent.com:sub`. */
  readonly Claims?: Readonly<Record<string, string>>
}

export const SESSIONS = "sts/session"
