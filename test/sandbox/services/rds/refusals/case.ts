import type { Row } from "../../refusal-table.ts"
import { asked, type Ground } from "../ground.ts"

export type RdsRow = Row<Ground>

export const api = (operation: string): string => `RDS API reference: ${operation}`
export const guide = (page: string): string => `RDS user guide: ${page}`

/** What CreateDBInstance says to the usual request with these members otherwise. */
export const created =
  (more: object) =>
  (aws: Ground): string =>
    aws.refused("CreateDBInstance", { ...asked, ...more })

export const modified =
  (more: object) =>
  (aws: Ground): string =>
    aws.refused("ModifyDBInstance", { DBInstanceIdentifier: "one", ...more })
