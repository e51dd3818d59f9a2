import type { DocumentFormat, DocumentType } from "@aws-sdk/client-ssm"
import { type Call, Refusal } from "../../../service.ts"
import type { Table } from "../../../store.ts"
import { regional } from "../../regional.ts"
import type { Tag } from "../../tags.ts"

export interface DocumentVersion {
  readonly number: number
  readonly content: string
  readonly format: DocumentFormat
  readonly created: number
  readonly name?: string | undefined
}

export interface DocumentRecord {
  readonly Name: string
  readonly Type: DocumentType
  readonly TargetType?: string | undefined
  /** Oldest first; numbers of deleted ones never come back. */
  readonly Versions: readonly DocumentVersion[]
  readonly Default: number
  readonly Tags: readonly Tag[]
  /** Accounts besides its own, or `all`. */
  readonly Shared?: readonly string[]
}

export const documents = (call: Call): Table<DocumentRecord> => regional(call, "ssm/document")

/** Documents are named by others with their ARN as well. */
export const documentFor = (call: Call, asked: string): DocumentRecord => {
  const name = asked.replace(/^arn:[^:]*:ssm:[^:]*:\d*:document\//, "")
  const record = documents(call).get(name)
  if (!record) throw new Refusal("InvalidDocument", `Document with name ${name} does not exist.`)
  return record
}

export const latestOf = ({ Versions }: DocumentRecord): DocumentVersion => {
  const latest = Versions.at(-1)
  if (!latest) throw new Error("a document has at least one version")
  return latest
}

/** `$DEFAULT` where nothing is said. */
export const versionFor = (record: DocumentRecord, asked = "$DEFAULT"): DocumentVersion => {
  if (asked === "$LATEST") return latestOf(record)
  const number = asked === "$DEFAULT" ? record.Default : Number(asked)
  const found = record.Versions.find((version) => version.number === number)
  if (found) return found
  throw new Refusal("InvalidDocumentVersion", `Document version ${asked} does not exist for ${record.Name}.`)
}
