import { beyondHelp, type Database } from "./instance.ts"

/** The same in every attempt to delete this instance, and never that of another. */
export const finalSnapshotName = ({ identifier, id }: Database): string =>
  `${identifier}-final-${id.replace(/^db-/, "").slice(-10).toLowerCase()}`

/** Of an instance that RDS has given up there can be none. */
export const canHaveSnapshot = ({ status }: Database): boolean => !beyondHelp.test(status)
