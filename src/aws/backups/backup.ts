export type BackupPart = "database" | "influx" | "configuration"

/** Something that was kept, and can be gone back to. */
export interface Backup {
  readonly part: BackupPart
  /** What AWS knows it by. */
  readonly name: string
  /** The same for all parts of one backup; nothing of one that AWS makes by itself, or that a destroy left. */
  readonly id?: string
  readonly made: Date
  readonly state: "ready" | "pending" | "failed"
  readonly gb: number
  /** Of the engine that the database ran on. */
  readonly engineVersion?: string
  readonly origin: "backup" | "automatic" | "last"
}

export const backupTag = "smart0dte:backup"

/** `20261121-063401`: in order of time, and the name of what is kept together. */
export const backupIdAt = (milliseconds: number): string =>
  new Date(milliseconds).toISOString().slice(0, 19).replaceAll(/[-:]/g, "").replace("T", "-")

interface FoundTag {
  readonly Key?: string | undefined
  readonly Value?: string | undefined
}

export const backupIdIn = (tags: readonly FoundTag[] = []): string | undefined =>
  tags.find(({ Key }) => Key === backupTag)?.Value
