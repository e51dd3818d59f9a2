export interface UserKeyRow {
  readonly id: string
  readonly active: boolean
  readonly ageDays: number
  /** Since its last use; nothing where it never was used. */
  readonly unusedDays: number | undefined
  readonly usedIn: string | undefined
}

export interface UserRow {
  readonly user: string
  /** What it is, in words. */
  readonly of: string
  readonly made: string | undefined
  readonly groups: readonly string[]
  /** Whether it has a password for the console. */
  readonly signsIn: boolean
  readonly secondFactors: number
  readonly keys: readonly UserKeyRow[]
  readonly amiss: readonly string[]
}

/** The users of an account. */
export interface UsersResult {
  readonly type: "users"
  readonly account: string
  readonly rows: readonly UserRow[]
  readonly next: readonly string[]
}

/** What was done with a key, as the trail has it. */
export interface DeedRow {
  readonly what: string
  readonly times: number
  readonly refused: number
  readonly first: string
  readonly last: string
  readonly from: readonly string[]
}

/** What was taken from a user whose key others have, and what they did. */
export interface RevokedResult {
  readonly type: "revoked"
  readonly user: string
  readonly account: string
  readonly region: string
  readonly deactivated: readonly string[]
  /** Sessions that began before it are worth nothing any more; nothing where that could not be said to AWS. */
  readonly sessionsBefore: string | undefined
  /** Roles that were taken on with the keys, whose sessions are ended too. */
  readonly roles: readonly string[]
  readonly since: string
  readonly deeds: readonly DeedRow[]
  /** What may still be open, and is for somebody to see to. */
  readonly undone: readonly string[]
  readonly notes: readonly string[]
  readonly next: readonly string[]
}
