import { type Call, Refusal } from "../../service.ts"
import type { Table } from "../../store.ts"
import { given } from "../given.ts"
import { regional } from "../regional.ts"
import type { Tag } from "../tags.ts"

export interface CertificateRecord {
  readonly arn: string
  /** The first is the certificate's own; all of them are its alternative names. */
  readonly names: readonly string[]
  readonly created: number
  readonly token?: string | undefined
  /** Set when what proved it goes: it stays issued all the same. */
  readonly issued?: number | undefined
  readonly transparency: "ENABLED" | "DISABLED"
  readonly tags: readonly Tag[]
}

export const certificates = (call: Call): Table<CertificateRecord> => regional(call, "acm/certificate")

export const certificateOf = (call: Call, arn: string | undefined): CertificateRecord => {
  const wanted = given(arn, "certificateArn")
  if (!/^arn:aws:acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+$/.test(wanted)) {
    throw new Refusal("InvalidArnException", `${wanted} is not a valid certificate ARN`)
  }
  const found = certificates(call).get(wanted)
  if (found) return found
  throw new Refusal("ResourceNotFoundException", `Could not find certificate ${wanted} in account ${call.account}.`)
}
